/** Golden files and closeness, which the tests of every package share. */
package keras.testing;
