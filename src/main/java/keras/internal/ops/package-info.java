/** Ops that several layers or ways through time are made of. */
package keras.internal.ops;
