/** Names that objects get when they are given none, and those that files gave them. */
package keras.internal.naming;
