/**
 * Training, testing and prediction: batches in, logs out. Uses callbacks, losses, metrics and
 * optimizers; knows a model only as a {@link keras.trainers.Network}.
 */
package keras.trainers;
