package keras.internal.trainers;

import org.tensorflow.ndarray.Shape;

/**
 * The shapes of the data that belongs to one output of a model.
 *
 * @param target the targets
 * @param weight the weights of samples or timesteps; null for none
 */
record TargetShapes(Shape target, Shape weight) {}
