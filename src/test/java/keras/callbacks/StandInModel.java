package keras.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.layers.Layer;
import keras.metrics.Direction;
import keras.optimizers.Optimizer;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.proto.GraphDef;

/** A model with one weight, one learning rate and three metrics, as in testdata/callbacks.py. */
final class StandInModel implements TrainedModel {

  @Override
  public GraphDef graphDef() {
    return GraphDef.getDefaultInstance();
  }

  private static final Map<String, Direction> METRICS =
      Map.of("accuracy", Direction.UP, "mae", Direction.DOWN);

  private float weight = -1;
  private float learningRate = 0.01f;
  private boolean stopTraining;

  @Override
  public String name() {
    return "stand_in";
  }

  @Override
  public boolean stopTraining() {
    return stopTraining;
  }

  @Override
  public void stopTraining(boolean value) {
    stopTraining = value;
  }

  @Override
  public List<FloatNdArray> getWeights() {
    return List.of(NdArrays.vectorOf(weight));
  }

  @Override
  public void setWeights(List<? extends FloatNdArray> weights) {
    weight = weights.get(0).getFloat(0);
  }

  @Override
  public String toJson() {
    return "{}";
  }

  @Override
  public List<Layer<?>> layers() {
    return List.of();
  }

  @Override
  public Optimizer<?> optimizer() {
    return null;
  }

  @Override
  public FloatNdArray predict(Object x) {
    return NdArrays.vectorOf(weight);
  }

  @Override
  public Map<String, Double> evaluate(Object x, Object y) {
    return Map.of();
  }

  @Override
  public List<String> metricNames() {
    return List.of("accuracy", "loss", "mae");
  }

  @Override
  public float learningRate() {
    return learningRate;
  }

  @Override
  public void learningRate(float value) {
    learningRate = value;
  }

  @Override
  public void save(Path path) {
    write(path, "model");
  }

  @Override
  public void saveWeights(Path path) {
    write(path, "weights");
  }

  private void write(Path path, String what) {
    try {
      Files.writeString(path, what + " of step " + (int) weight);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void saveTraining(Path path, Progress progress) {
    throw new AssertionError("Tests with a model of their own.");
  }

  @Override
  public void restoreTraining(Path path) {
    throw new AssertionError("Tests with a model of their own.");
  }

  @Override
  public void swapMovingAverages() {
    throw new AssertionError("The stand-in has no moving averages.");
  }

  @Override
  public void keepMovingAverages() {
    throw new AssertionError("The stand-in has no moving averages.");
  }

  @Override
  public void resetStates() {
    throw new AssertionError("No callback of ours resets states.");
  }

  @Override
  public Optional<Direction> metricDirection(String metric) {
    return Optional.ofNullable(METRICS.get(metric));
  }
}
