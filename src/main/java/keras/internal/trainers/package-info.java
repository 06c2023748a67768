/**
 * Training, testing and prediction: batches in, logs out. Knows a model only as a {@link
 * keras.internal.trainers.Network}.
 */
package keras.internal.trainers;
