/** Messages of errors: where, what, expected, got and how to fix it; and checks of arguments. */
package keras.internal.messages;
