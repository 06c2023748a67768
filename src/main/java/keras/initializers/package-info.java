/**
 * Keras's {@code keras.initializers}: the values that weights start with. With the same seed a
 * random initializer gives the very bits that Keras gives on a CPU. Depends on {@code
 * keras.backend}, {@code keras.random} and {@code keras.utils}.
 */
package keras.initializers;
