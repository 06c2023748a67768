/**
 * Keras's {@code keras.random}: seeds, and the generators of random numbers that a Keras script
 * draws its seeds from.
 *
 * <p>Keras seeds itself from Python's {@code random} and shuffles with NumPy and TensorFlow. A port
 * that is to repeat the script's numbers needs the same three: {@link keras.random.PythonRandom},
 * {@link keras.random.NumpyRandom} and {@link keras.internal.random.PhiloxRandom}. What they share
 * for the whole process is set by {@link keras.random.GlobalSeed}.
 *
 * <p>Porting note: Keras keeps its global seed state once per thread, Python and NumPy once per
 * process. Here all of it is kept once per process, and every access is synchronized. Threads that
 * draw at the same time get different numbers, in an order that no seed can fix.
 */
package keras.random;
