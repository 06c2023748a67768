/** Data in NumPy's files, which {@code numpy.load} reads and {@code numpy.save} writes. */
package keras.datasets;
