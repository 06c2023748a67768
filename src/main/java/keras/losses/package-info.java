/**
 * Keras's {@code keras.losses}: the quantities that training minimises. A {@link keras.losses.Loss}
 * gives one value per sample, or per timestep; {@code LossReduction} weighs them, masks them and
 * makes one number of them. Every op on the way has a gradient. Depends on {@code keras.backend}
 * and {@code keras.utils} only.
 */
package keras.losses;
