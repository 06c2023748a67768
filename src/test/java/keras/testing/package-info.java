/** What the tests of every package share: golden files and closeness. */
package keras.testing;
