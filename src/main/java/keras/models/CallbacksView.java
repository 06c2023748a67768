package keras.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.callbacks.TrainedModel;
import keras.internal.messages.Checks;
import keras.layers.Layer;
import keras.metrics.Direction;
import keras.metrics.Metric;
import keras.optimizers.Optimizer;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.proto.GraphDef;

/** A model as callbacks see it. */
final class CallbacksView implements TrainedModel {

  private final Model model;

  CallbacksView(Model model) {
    this.model = model;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public boolean stopTraining() {
    return model.trainer().stopTraining();
  }

  @Override
  public void stopTraining(boolean value) {
    model.trainer().stopTraining(value);
  }

  @Override
  public List<FloatNdArray> getWeights() {
    return model.getWeights();
  }

  @Override
  public void setWeights(List<? extends FloatNdArray> weights) {
    model.setWeights(weights);
  }

  @Override
  public String toJson() {
    return model.toJson();
  }

  @Override
  public GraphDef graphDef() {
    return model.network().engine().graphDef();
  }

  @Override
  public List<Layer<?>> layers() {
    return model.layers();
  }

  @Override
  public Optimizer<?> optimizer() {
    return model.optimizer();
  }

  @Override
  public FloatNdArray predict(Object x) {
    return model.predictAll(x, p -> p.verbose(0)).get(0);
  }

  @Override
  public Map<String, Double> evaluate(Object x, Object y) {
    return model.evaluate(x, y, e -> e.verbose(0));
  }

  @Override
  public float learningRate() {
    return (float) model.optimizer().learningRate();
  }

  @Override
  public void learningRate(float value) {
    model.optimizer().learningRate(value);
  }

  @Override
  public void save(Path path) {
    model.save(path);
  }

  @Override
  public void saveWeights(Path path) {
    model.saveWeights(path);
  }

  @Override
  public void saveTraining(Path path, Progress progress) {
    Checks.notNull("saveTraining", "path", path);
    Checks.notNull("saveTraining", "progress", progress);
    new TrainingFile(model, path).write(progress);
  }

  @Override
  public void restoreTraining(Path path) {
    Checks.notNull("restoreTraining", "path", path);
    new TrainingFile(model, path).resume();
  }

  @Override
  public void swapMovingAverages() {
    model.optimizer().swapMovingAverages();
  }

  @Override
  public void keepMovingAverages() {
    model.optimizer().keepMovingAverages();
  }

  @Override
  public void resetStates() {
    model.resetStates();
  }

  @Override
  public List<String> metricNames() {
    return model.trainer().metricNames();
  }

  @Override
  public Optional<Direction> metricDirection(String metric) {
    Checks.notNull("metricDirection", "metric", metric);
    return model.trainer().metric(metric).flatMap(Metric::direction);
  }
}
