package keras.utils;

import org.tensorflow.ndarray.FloatNdArray;

/**
 * Data in two parts, as {@link Utils#trainTestSplit} gives them.
 *
 * @param xTrain inputs to train on
 * @param xTest inputs to test with
 * @param yTrain targets to train on
 * @param yTest targets to test with
 */
public record TrainTestSplit(
    FloatNdArray xTrain, FloatNdArray xTest, FloatNdArray yTrain, FloatNdArray yTest) {}
