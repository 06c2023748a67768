/**
 * Keras's {@code keras.callbacks}: what looks on while a model is trained, evaluated or asked for
 * predictions. A callback gets numbers in logs and sees the model as a {@link
 * keras.callbacks.TrainedModel}, never as graphs or sessions. Depends on {@code keras.utils} alone.
 */
package keras.callbacks;
