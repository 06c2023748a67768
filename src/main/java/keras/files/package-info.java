/**
 * The file formats that models are kept in: HDF5, and the archive that Keras calls {@code .keras}.
 * Nothing in here knows what a model is; a file's content is not believed, and never run.
 */
package keras.files;
