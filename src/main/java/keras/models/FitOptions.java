package keras.models;

import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import keras.callbacks.Callback;
import keras.internal.messages.Checks;
import keras.internal.trainers.ClassWeights;
import keras.internal.trainers.FitArguments;
import keras.utils.Batch;
import keras.utils.TextDataset;

/** The arguments of {@code fit}, under the names that Keras has for them. */
public final class FitOptions {

  final FitArguments arguments = new FitArguments();

  FitOptions() {}

  /**
   * Sets how often the data is gone through, counted from the first epoch ever.
   *
   * @param value 1 by default
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions epochs(int value) {
    arguments.epochs = Checks.positive("fit", "epochs", value);
    return this;
  }

  /**
   * Sets the epoch to go on from.
   *
   * @param value 0 by default
   * @return these options
   * @throws IllegalArgumentException if it is negative
   */
  public FitOptions initialEpoch(int value) {
    arguments.initialEpoch = Checks.notNegative("fit", "initialEpoch", value);
    return this;
  }

  /**
   * Sets how many samples go into one batch.
   *
   * @param value 32 by default, or what the model was given as its batch size
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions batchSize(int value) {
    arguments.batchSize = Checks.positive("fit", "batchSize", value);
    return this;
  }

  /**
   * Sets how much is printed.
   *
   * @param value 0 for nothing, 1 (the default) for a progress bar, 2 for one line an epoch
   * @return these options
   */
  public FitOptions verbose(int value) {
    arguments.verbose = value;
    return this;
  }

  /**
   * Sets whether the samples of arrays are put into a new order before each epoch.
   *
   * @param value true by default
   * @return these options
   */
  public FitOptions shuffle(boolean value) {
    arguments.shuffle = value;
    return this;
  }

  /**
   * Sets the last fraction of the samples, which is kept back for validation.
   *
   * @param value from 0, the default, to less than 1
   * @return these options
   * @throws IllegalArgumentException if it is no such fraction
   */
  public FitOptions validationSplit(double value) {
    arguments.validationSplit = Checks.fraction("fit", "validationSplit", value);
    return this;
  }

  /**
   * Sets how many samples go into one batch of validation.
   *
   * @param value as {@code batchSize} by default
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions validationBatchSize(int value) {
    arguments.validationBatchSize = Checks.positive("fit", "validationBatchSize", value);
    return this;
  }

  /**
   * Sets how many batches one validation takes.
   *
   * @param value a number of batches; by default all that there are
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions validationSteps(int value) {
    arguments.validationSteps = Checks.positive("fit", "validationSteps", value);
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
    arguments.validationFreq = Checks.positive("fit", "validationFreq", value);
    return this;
  }

  /**
   * Sets how much each sample, or each timestep of each sample, counts in the loss.
   *
   * @param value an array (samples) or (samples, timesteps); null, the default, where all count the
   *     same
   * @return these options
   */
  public FitOptions sampleWeight(Object value) {
    arguments.sampleWeight = value;
    return this;
  }

  /**
   * Sets how much the samples of each class count in the loss.
   *
   * @param value weights by class, classes left out count 1; null, the default, for none
   * @return these options
   */
  public FitOptions classWeight(Map<Integer, ? extends Number> value) {
    arguments.classWeight = value == null ? null : ClassWeights.copy(value);
    return this;
  }

  /**
   * Sets how many batches one epoch takes.
   *
   * @param value a number of batches; by default all that there are
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public FitOptions stepsPerEpoch(int value) {
    arguments.stepsPerEpoch = Checks.positive("fit", "stepsPerEpoch", value);
    return this;
  }

  /**
   * Sets the callbacks, which are told of the progress.
   *
   * @param value callbacks, none by default
   * @return these options
   * @throws IllegalArgumentException if one of them is null
   */
  public FitOptions callbacks(Callback... value) {
    arguments.callbacks =
        Checks.all("fit", "callbacks", "a callback", "callbacks(new History())", value);
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
    arguments.validationData = x;
    arguments.validationTargets = y;
    arguments.validationWeights = sampleWeight;
    return this;
  }

  /**
   * Texts of a folder for validation after each epoch, for a model of strings.
   *
   * @param texts with labels
   * @return these options
   */
  public FitOptions validationData(TextDataset texts) {
    return validationData(texts, null, null);
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
