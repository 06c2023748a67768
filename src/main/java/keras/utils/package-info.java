/**
 * Keras's {@code keras.utils}: preparing data, seeding and the tools that every other package
 * shares (arrays in, clear errors out). Depends on {@code keras.random} and on nothing else of this
 * library; knows neither graphs nor sessions.
 */
package keras.utils;
