/** Models: layers put together, to be compiled, trained and run. */
package keras.models;
