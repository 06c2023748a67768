package keras.internal.trainers;

import java.util.List;
import java.util.Map;
import keras.callbacks.Callback;

/** The arguments of {@code fit}, each with Keras's default. */
public final class FitArguments {
  public int epochs = 1;
  public int initialEpoch = 0;
  public Integer batchSize;
  public int verbose = 1;
  public boolean shuffle = true;
  public double validationSplit = 0;
  public Object validationData;
  public Object validationTargets;
  public Object validationWeights;
  public Integer validationBatchSize;
  public Integer validationSteps;
  public int validationFreq = 1;
  public Object sampleWeight;
  public Map<Integer, Double> classWeight;
  public Integer stepsPerEpoch;
  public List<Callback> callbacks = List.of();
}
