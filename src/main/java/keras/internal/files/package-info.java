/**
 * The file formats that models are kept in: HDF5, and the archive that Keras calls {@code .keras}.
 * Nothing in here knows what a model is. Files are untrusted input; nothing in them is ever run.
 */
package keras.internal.files;
