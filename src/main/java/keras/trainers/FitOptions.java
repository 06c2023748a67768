package keras.trainers;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.callbacks.Callback;
import keras.utils.Batch;

/** The arguments of {@code fit}, under the names that Keras has for them. */
public final class FitOptions {

  int epochs = 1;
  int initialEpoch = 0;
  Integer batchSize;
  int verbose = 1;
  boolean shuffle = true;
  double validationSplit = 0;
  Object validationData;
  Object validationTargets;
  Object validationWeights;
  Integer validationBatchSize;
  Integer validationSteps;
  int validationFreq = 1;
  Object sampleWeight;
  Map<Integer, Double> classWeight;
  Integer stepsPerEpoch;
  List<Callback> callbacks = List.of();

  FitOptions() {}

  /**
   * How often the data is gone through, counted from the first epoch ever.
   *
   * @param value 1 by default
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions epochs(int value) {
    epochs = Checks.positive("fit", "epochs", value);
    return this;
  }

  /**
   * The epoch to go on from.
   *
   * @param value 0 by default
   * @return these options
   * @throws IllegalArgumentException if it is negative
   */
  public FitOptions initialEpoch(int value) {
    initialEpoch = Checks.notNegative("fit", "initialEpoch", value);
    return this;
  }

  /**
   * How many samples go into one batch.
   *
   * @param value 32 by default, or what the model was given as its batch size
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions batchSize(int value) {
    batchSize = Checks.positive("fit", "batchSize", value);
    return this;
  }

  /**
   * What is printed.
   *
   * @param value 0 for nothing, 1 (the default) for a progress bar, 2 for one line an epoch
   * @return these options
   */
  public FitOptions verbose(int value) {
    verbose = value;
    return this;
  }

  /**
   * Whether the samples of arrays are put into a new order before each epoch.
   *
   * @param value true by default
   * @return these options
   */
  public FitOptions shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /**
   * The last fraction of the samples, which is kept back for validation.
   *
   * @param value from 0, the default, to less than 1
   * @return these options
   * @throws IllegalArgumentException if it is no such fraction
   */
  public FitOptions validationSplit(double value) {
    validationSplit = Checks.fraction("fit", "validationSplit", value);
    return this;
  }

  /**
   * How many samples go into one batch of validation.
   *
   * @param value as {@code batchSize} by default
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions validationBatchSize(int value) {
    validationBatchSize = Checks.positive("fit", "validationBatchSize", value);
    return this;
  }

  /**
   * How many batches one validation takes.
   *
   * @param value a number of batches; by default all that there are
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions validationSteps(int value) {
    validationSteps = Checks.positive("fit", "validationSteps", value);
    return this;
  }

  /**
   * After how many epochs validation is done each time.
   *
   * @param value 1 by default
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions validationFreq(int value) {
    validationFreq = Checks.positive("fit", "validationFreq", value);
    return this;
  }

  /**
   * How much each sample, or each timestep of each sample, counts in the loss.
   *
   * @param value an array (samples) or (samples, timesteps); null, the default, where all count the
   *     same
   * @return these options
   */
  public FitOptions sampleWeight(Object value) {
    sampleWeight = value;
    return this;
  }

  /**
   * How much the samples of each class count in the loss.
   *
   * @param value weights by class, classes left out count 1; null, the default, for none
   * @return these options
   */
  public FitOptions classWeight(Map<Integer, ? extends Number> value) {
    classWeight = value == null ? null : ClassWeights.copy(value);
    return this;
  }

  /**
   * How many batches one epoch takes.
   *
   * @param value a number of batches; by default all that there are
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions stepsPerEpoch(int value) {
    stepsPerEpoch = Checks.positive("fit", "stepsPerEpoch", value);
    return this;
  }

  /**
   * What is told of the progress.
   *
   * @param value callbacks, none by default
   * @return these options
   * @throws IllegalArgumentException if one of them is null
   */
  public FitOptions callbacks(Callback... value) {
    callbacks = Checks.all("fit", "callbacks", "a callback", "callbacks(new History())", value);
    return this;
  }

  /**
   * Data for validation after each epoch.
   *
   * @param x the inputs
   * @param y the targets
   * @return these options
   */
  public FitOptions validationData(Object x, Object y) {
    return validationData(x, y, null);
  }

  /**
   * Weighted data for validation after each epoch.
   *
   * @param x the inputs
   * @param y the targets
   * @param sampleWeight the weights, or null
   * @return these options
   */
  public FitOptions validationData(Object x, Object y, Object sampleWeight) {
    validationData = x;
    validationTargets = y;
    validationWeights = sampleWeight;
    return this;
  }

  /**
   * Batches for validation after each epoch.
   *
   * @param batches batches with targets
   * @return these options
   */
  public FitOptions validationData(Iterable<Batch> batches) {
    return validationData(batches, null, null);
  }

  /**
   * Batches for validation after each epoch. As in Keras, each validation begins with the first two
   * batches and goes on with those that were not taken before.
   *
   * @param batches batches with targets; needs {@code validationSteps} where endless
   * @return these options
   */
  public FitOptions validationData(Iterator<Batch> batches) {
    return validationData(batches, null, null);
  }

  /**
   * Batches for validation after each epoch. As in Keras, each validation begins with the first two
   * batches and goes on with those that were not taken before.
   *
   * @param batches batches with targets; needs {@code validationSteps} where endless
   * @return these options
   */
  public FitOptions validationData(Stream<Batch> batches) {
    return validationData(batches, null, null);
  }
}
