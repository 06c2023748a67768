/** Several processes that train one model together. Keras: {@code keras.distribution}. */
package keras.distribution;
