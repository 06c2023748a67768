/**
 * Keras's {@code keras.optimizers.schedules}: learning rates that change from step to step. Depends
 * on {@code keras.backend} and {@code keras.utils}.
 */
package keras.optimizers.schedules;
