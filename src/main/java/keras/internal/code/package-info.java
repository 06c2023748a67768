/** The Java source of a model. */
package keras.internal.code;
