package keras.metrics;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import keras.internal.config.Serialized;
import keras.losses.Huber;
import keras.losses.LossFunction;
import keras.testing.Golden;
import keras.testing.InGraph;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class MetricsTest {
  private static final Golden RESULTS = Golden.load("metrics/results");
  private static final Golden DATA = Golden.load("metrics/data");
  private static final Golden WEIGHTS = Golden.load("metrics/weights");
  private static final Golden CONFIGS = Golden.load("metrics/configs");
  private static final Golden NAMES = Golden.load("metrics/names");

  /** The metrics that the golden file's names stand for, where these are no class names. */
  private static final Map<String, Supplier<Metric>> WITH_ARGUMENTS =
      Map.ofEntries(
          Map.entry("BinaryAccuracy(threshold=0.3)", () -> new BinaryAccuracy().threshold(0.3)),
          Map.entry("TopKCategoricalAccuracy(k=2)", () -> new TopKCategoricalAccuracy().k(2)),
          Map.entry(
              "SparseTopKCategoricalAccuracy(k=2)", () -> new SparseTopKCategoricalAccuracy().k(2)),
          Map.entry(
              "SparseTopKCategoricalAccuracy(k=3, from_sorted_ids=True)",
              () -> new SparseTopKCategoricalAccuracy().k(3).fromSortedIds(true)),
          Map.entry("CosineSimilarity(axis=1)", () -> new CosineSimilarity().axis(1)),
          Map.entry(
              "BinaryCrossentropy(from_logits=True, label_smoothing=0.2)",
              () -> new BinaryCrossentropy().fromLogits(true).labelSmoothing(0.2)),
          Map.entry(
              "CategoricalCrossentropy(label_smoothing=0.1, axis=-1)",
              () -> new CategoricalCrossentropy().labelSmoothing(0.1).axis(-1)),
          Map.entry(
              "SparseCategoricalCrossentropy(from_logits=True, ignore_class=2)",
              () -> new SparseCategoricalCrossentropy().fromLogits(true).ignoreClass(2)),
          Map.entry("Precision(thresholds=0.7)", () -> new Precision().thresholds(0.7)),
          Map.entry("Precision(top_k=2)", () -> new Precision().topK(2)),
          Map.entry("Precision(class_id=1)", () -> new Precision().classId(1)),
          Map.entry("Recall(top_k=3, class_id=4)", () -> new Recall().classId(4).topK(3)),
          Map.entry("AUC(num_thresholds=7)", () -> new AUC().numThresholds(7)),
          Map.entry("AUC(curve=PR)", () -> new AUC().curve("PR")),
          Map.entry(
              "AUC(num_thresholds=9, curve=PR, summation_method=majoring)",
              () -> new AUC().summationMethod("majoring").numThresholds(9).curve("PR")),
          Map.entry(
              "AUC(num_thresholds=9, summation_method=minoring)",
              () -> new AUC().numThresholds(9).summationMethod("minoring")),
          Map.entry(
              "AUC(num_thresholds=11, from_logits=True)",
              () -> new AUC().numThresholds(11).fromLogits(true)),
          Map.entry("PrecisionAtRecall(recall=0.6)", () -> new PrecisionAtRecall(0.6)),
          Map.entry(
              "RecallAtPrecision(precision=0.55, num_thresholds=9)",
              () -> new RecallAtPrecision(0.55).numThresholds(9)),
          Map.entry(
              "SensitivityAtSpecificity(specificity=0.4, class_id=2)",
              () -> new SensitivityAtSpecificity(0.4).classId(2)),
          Map.entry(
              "SpecificityAtSensitivity(sensitivity=0.3, num_thresholds=1)",
              () -> new SpecificityAtSensitivity(0.3).numThresholds(1)),
          Map.entry(
              "PrecisionAtRecall(recall=1.0, num_thresholds=2)",
              () -> new PrecisionAtRecall(1).numThresholds(2)),
          Map.entry("F1Score(average=macro)", () -> new F1Score().average("macro")),
          Map.entry(
              "F1Score(average=micro, threshold=0.4)",
              () -> new F1Score().threshold(0.4).average("micro")),
          Map.entry(
              "FBetaScore(average=weighted, beta=2.0, threshold=0.3)",
              () -> new FBetaScore().beta(2).average("weighted").threshold(0.3)),
          Map.entry(
              "R2Score(class_aggregation=variance_weighted_average, num_regressors=3)",
              () -> new R2Score().numRegressors(3).classAggregation("variance_weighted_average")),
          Map.entry("IoU(num_classes=3, target_class_ids=(0, 2))", () -> new IoU(3, 0, 2)),
          Map.entry(
              "IoU(num_classes=2, target_class_ids=(1,), ignore_class=0)",
              () -> new IoU(2, 1).ignoreClass(0)),
          Map.entry(
              "BinaryIoU(target_class_ids=(1,), threshold=0.3)",
              () -> new BinaryIoU(1).threshold(0.3)),
          Map.entry(
              "MeanIoU(num_classes=6, sparse_y_pred=False)",
              () -> new MeanIoU(6).sparseYPred(false)),
          Map.entry(
              "OneHotIoU(num_classes=6, target_class_ids=(1, 4))", () -> new OneHotIoU(6, 1, 4)),
          Map.entry(
              "OneHotMeanIoU(num_classes=6, ignore_class=2)",
              () -> new OneHotMeanIoU(6).ignoreClass(2)),
          Map.entry("PearsonCorrelation(axis=1)", () -> new PearsonCorrelation().axis(1)));

  private static List<String> metrics() {
    return RESULTS.keys();
  }

  private static Metric metric(String name) {
    return WITH_ARGUMENTS.containsKey(name) ? WITH_ARGUMENTS.get(name).get() : Metrics.get(name);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void hasKerassResultAfterEachUpdate(String name) {
    for (Golden each : RESULTS.all(name)) {
      Metric metric = metric(name);
      String what = each.json().toString();
      if (!each.has("results")) {
        assertThatThrownBy(() -> update(metric, each, 0))
            .as(what)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Sample weights");
        continue;
      }
      float[] results = new float[3];
      for (int i = 0; i < results.length; i++) {
        update(metric, each, i);
        results[i] = (float) metric.result();
      }
      assertThatArray(results).as(what).isCloseTo(each.floats("results"));
    }
  }

  private static void update(Metric metric, Golden each, int i) {
    Golden batch = DATA.all(each.text("data")).get(i);
    metric.updateState(
        batch.array("y_true"),
        batch.array("y_pred"),
        each.has("weight") ? WEIGHTS.arrays(each.text("weight")).get(i) : null,
        each.has("mask") ? WEIGHTS.arrays(each.text("mask")).get(i) : null);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void addsUpOverPartsOfABatchInAGraph(String name) {
    Golden each = RESULTS.all(name).get(0);
    Metric metric = metric(name);
    assertThat(metric.needsWholeBatch()).isFalse();
    List<Golden> batches = DATA.all(each.text("data"));
    List<FloatNdArray> arrays = new ArrayList<>();
    for (Golden batch : batches) {
      arrays.add(batch.array("y_true"));
      arrays.add(batch.array("y_pred"));
    }
    List<FloatNdArray> statistics =
        InGraph.run(
            arrays,
            (tf, in) -> {
              List<Operand<TFloat32>> parts = new ArrayList<>();
              for (int i = 0; i < in.size(); i += 2) {
                parts.add(metric.statistics(tf, in.get(i), in.get(i + 1), null, null));
              }
              return List.of(tf.math.addN(parts));
            });
    FloatNdArray sums = statistics.get(0);
    assertThat(sums.shape()).isEqualTo(Shape.of(metric.size()));
    double[] wide = new double[metric.size()];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = sums.getFloat(i);
    }
    assertThatArray((float) metric.result(wide)).isCloseTo(each.floats("results")[2]);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void hasKerassConfig(String name) {
    assertThat(new ObjectMapper().valueToTree(metric(name).getConfig()).toString())
        .isEqualTo(CONFIGS.at(name).json().toString());
  }

  @Test
  void givesAScoreForEachClassOrOutput() {
    Golden expected = Golden.load("metrics/several");
    F1Score f1 = new F1Score();
    FBetaScore fBeta = new FBetaScore().threshold(0.6).beta(0.5);
    R2Score r2 = new R2Score().classAggregation(null).numRegressors(2);
    for (int i = 0; i < 3; i++) {
      update(f1, DATA.all("classes").get(i));
      update(fBeta, DATA.all("binary").get(i));
      update(r2, DATA.all("real").get(i));
    }
    assertThatArray(floats(f1.results())).isCloseTo(expected.array("F1Score"));
    assertThatArray(floats(fBeta.results())).isCloseTo(expected.array("FBetaScore"));
    assertThatArray(floats(r2.results())).isCloseTo(expected.array("R2Score"));
    assertThatThrownBy(f1::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("6 scores", "average(\"macro\")");
    assertThatThrownBy(r2::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("results()");
  }

  private static void update(Metric metric, Golden batch) {
    metric.updateState(batch.array("y_true"), batch.array("y_pred"));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Test
  void refusesScoresThatAModelCannotLog() {
    Shape shape = Shape.of(-1, 3);
    assertThatThrownBy(() -> new F1Score().checkShapes(shape, shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("average(\"macro\")");
    assertThatThrownBy(() -> new R2Score().classAggregation(null).checkShapes(shape, shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one for each output");
  }

  @Test
  void refusesArgumentsOfScoresThatMakeNoSense() {
    assertThatThrownBy(() -> new F1Score().average("mean"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("macro");
    assertThatThrownBy(() -> new F1Score().threshold(0.0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FBetaScore().beta(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new R2Score().numRegressors(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PrecisionAtRecall(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("recall", "from 0 to 1");
    assertThatThrownBy(() -> new RecallAtPrecision(0.5).numThresholds(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IoU(2, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no class 2", "from 0 to 1");
    assertThatThrownBy(() -> update(new F1Score(), DATA.all("classes timesteps").get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(batch, classes)");
  }

  @Test
  void writesWhatAWrapperAverages() {
    Metric wrapped = new MeanMetricWrapper(new Huber().delta(2)).name("error");
    assertThat(new ObjectMapper().valueToTree(wrapped.getConfig()).toString())
        .isEqualTo(Golden.load("metrics/wrapped").json().toString());
    assertThat(new MeanMetricWrapper((tf, yTrue, yPred) -> yPred).getConfig())
        .containsEntry("fn", Serialized.function("<lambda>"));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void knowsWhichWayIsBetter(String name) {
    String expected = Golden.load("metrics/directions").json().get(name).asText();
    String known =
        metric(name).direction().map(d -> d.name().toLowerCase(Locale.ROOT)).orElse("null");
    assertThat(known).isEqualTo(expected);
  }

  @Test
  void findsWhateverKerasFindsByName() {
    Shape shape = Shape.of(2, 3);
    for (String name : NAMES.keys()) {
      Metric metric = Metrics.get(name, shape, shape);
      assertThat(metric.getClass().getSimpleName())
          .as(name)
          .isEqualTo(NAMES.at(name).text("class"));
      assertThat(metric.name()).isEqualTo(NAMES.at(name).text("name"));
    }
  }

  @Test
  void choosesTheAccuracyByTheShapes() {
    for (Golden each : Golden.load("metrics/accuracies").all("cases")) {
      Shape yTrue = Shape.of(each.longs("y_true"));
      Shape yPred = Shape.of(each.longs("y_pred"));
      Metric metric = Metrics.get("acc", yTrue, yPred);
      assertThat(metric.getClass().getSimpleName())
          .as("%s, %s", yTrue, yPred)
          .isEqualTo(each.text("class"));
      assertThat(metric.name()).isEqualTo("acc");
    }
  }

  @Test
  void averagesFunctionsOverSamplesAndNumbersOverBatches() {
    Golden expected = Golden.load("metrics/functions");
    LossFunction perTimestep =
        (tf, yTrue, yPred) -> tf.math.mean(tf.math.abs(tf.math.sub(yTrue, yPred)), tf.constant(-1));
    LossFunction perBatch =
        (tf, yTrue, yPred) ->
            tf.math.mean(tf.math.abs(tf.math.sub(yTrue, yPred)), tf.constant(new int[] {0, 1, 2}));
    Map<String, LossFunction> functions =
        Map.of(
            "per timestep", perTimestep,
            "per batch", perBatch,
            "loss", new keras.losses.MeanAbsoluteError());
    functions.forEach(
        (name, function) -> {
          Metric metric = Metrics.get(function);
          assertThat(metric.needsWholeBatch()).isTrue();
          float[] results = new float[3];
          for (int i = 0; i < 3; i++) {
            Golden batch = DATA.all("real timesteps").get(i);
            metric.updateState(batch.array("y_true"), batch.array("y_pred"));
            results[i] = (float) metric.result();
          }
          assertThatArray(results).as(name).isCloseTo(expected.floats(name));
        });
    assertThat(Metrics.get(perBatch).name()).isEqualTo("<lambda>");
    assertThat(Metrics.get(new keras.losses.Huber()).name()).isEqualTo("huber_loss");
  }

  @Test
  void averagesAndAddsValues() {
    Golden data = Golden.load("metrics/values");
    for (String name : List.of("Mean", "Sum")) {
      for (String kase : data.at(name).keys()) {
        float[] results = new float[3];
        Metric metric = Metrics.get(name);
        for (int i = 0; i < 3; i++) {
          Object values =
              kase.equals("single") ? data.floats("single")[i] : data.arrays("rows").get(i);
          Object weights = kase.contains("(") ? data.arrays(kase.substring(5)).get(i) : null;
          metric.updateState(values, weights);
          results[i] = (float) metric.result();
        }
        assertThatArray(results).as(name + " " + kase).isCloseTo(data.at(name).floats(kase));
      }
    }
    Mean mean = new Mean();
    mean.updateState(new double[] {1, 2, 6});
    assertThat(mean.result()).isEqualTo(3);
    FloatNdArray one = FloatArrays.wrap(new float[] {1}, 1);
    assertThatThrownBy(
            () ->
                InGraph.run(
                    List.of(one),
                    (tf, x) -> List.of(mean.statistics(tf, x.get(0), x.get(0), null, null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("updateState(values)");
  }

  @Test
  void looksBehindTheActivationWhereTheLossDoes() {
    Shape y = Shape.of(-1, 3);
    Metric metric = Metrics.get("categorical_crossentropy");
    assertThat(metric.canUseLogits("softmax", y, y)).isTrue();
    assertThat(Metrics.get("mse").canUseLogits("softmax", y, y)).isFalse();
    // The probability of the first class is rounded to 0: only its logit tells how far off it is.
    FloatNdArray target = NdArrays.ofFloats(Shape.of(1, 3)).setFloat(1, 0, 0);
    FloatNdArray logits = NdArrays.ofFloats(Shape.of(1, 3)).setFloat(-200, 0, 0);
    List<FloatNdArray> got =
        InGraph.run(
            List.of(target, logits),
            (tf, in) -> List.of(metric.statisticsFromLogits(tf, in.get(0), in.get(1), null, null)));
    assertThatArray(got.get(0)).isCloseTo(200.69315f, 1);
  }

  @Test
  void startsAgainAfterAReset() {
    Metric metric = new BinaryAccuracy();
    assertThat(metric.result()).isZero();
    metric.updateState(new int[] {1, 0}, new double[] {0.9, 0.8});
    assertThat(metric.result()).isEqualTo(0.5);
    metric.resetState();
    assertThat(metric.result()).isZero();
    metric.updateState(new int[] {1}, new float[] {0.9f}, new double[] {2});
    assertThat(metric.result()).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Metrics.get("acuracy"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("metric \"acuracy\" is not known", "Did you mean \"accuracy\"?");
    assertThat(Metrics.get(null)).isNull();
    assertThatThrownBy(() -> Metrics.get(null, Shape.of(1), Shape.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AUC().numThresholds(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 or more");
    assertThatThrownBy(() -> new AUC().curve("roc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Did you mean \"ROC\"?");
    assertThatThrownBy(() -> new Precision().thresholds(1.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new CategoricalAccuracy()
                    .updateState(new float[][] {{0, 1}}, new float[][][] {{{0.5f, 0.5f}}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one class per prediction");
    assertThatThrownBy(() -> new BinaryAccuracy().updateState(null, new int[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Metric \"binary_accuracy\": yTrue");
  }
}
