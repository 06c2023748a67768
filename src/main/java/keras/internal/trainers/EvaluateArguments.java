package keras.internal.trainers;

import java.util.List;
import keras.callbacks.Callback;

/** The arguments of {@code evaluate} and {@code predict}, each with Keras's default. */
public final class EvaluateArguments {
  public Integer batchSize;
  public int verbose = 1;
  public Object sampleWeight;
  public Integer steps;
  public List<Callback> callbacks = List.of();
}
