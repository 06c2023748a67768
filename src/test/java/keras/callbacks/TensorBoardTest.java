package keras.callbacks;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;

class TensorBoardTest {

  private static final float[][] X = {{1, 2}, {3, 4}, {5, 6}, {0, 1}};
  private static final float[] Y = {1, 2, 3, 0};

  @TempDir private Path folder;

  private static Sequential model() {
    Sequential model = new Sequential(new Input(shape(2)), new Dense(1).name("dense")).name("net");
    model.compile(c -> c.loss("mse").metrics("mae").optimizer("sgd"));
    return model;
  }

  /** Reads the events of the only file of a folder; that check sums are right, Python looks at. */
  private static List<Event> events(Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    try (DataInputStream data = new DataInputStream(Files.newInputStream(file))) {
      while (data.available() > 0) {
        byte[] head = data.readNBytes(12);
        long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        events.add(Event.parseFrom(data.readNBytes((int) length)));
        data.readNBytes(4);
      }
    }
    return events;
  }

  private static Map<String, List<Double>> scalars(Path folder) throws IOException {
    Map<String, List<Double>> scalars = new LinkedHashMap<>();
    for (Event event : events(folder)) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getMetadata().getPluginData().getPluginName().equals("scalars")) {
          List<Double> all = scalars.computeIfAbsent(value.getTag(), tag -> new ArrayList<>());
          all.add((double) value.getTensor().getFloatVal(0));
        }
      }
    }
    return scalars;
  }

  @Test
  void writesTheLogsOfEachEpochToTheFoldersOfKeras() throws IOException {
    try (Sequential model = model()) {
      History history =
          model.fit(
              X,
              Y,
              f ->
                  f.epochs(3)
                      .validationSplit(0.5)
                      .verbose(0)
                      .callbacks(new TensorBoard(folder.toString())));

      Map<String, List<Double>> train = scalars(folder.resolve("train"));
      assertThat(train).containsOnlyKeys("epoch_learning_rate", "epoch_loss", "epoch_mae");
      List<ByteString> graphs =
          events(folder.resolve("train")).stream()
              .filter(Event::hasGraphDef)
              .map(Event::getGraphDef)
              .toList();
      assertThat(graphs).hasSize(1);
      assertThat(GraphDef.parseFrom(graphs.get(0)).getNodeList())
          .anyMatch(node -> node.getOp().equals("MatMul"));
      Map<String, List<Double>> validation = scalars(folder.resolve("validation"));
      assertThat(validation)
          .containsOnlyKeys(
              "evaluation_loss_vs_iterations",
              "evaluation_mae_vs_iterations",
              "epoch_loss",
              "epoch_mae");
      for (int epoch = 0; epoch < 3; epoch++) {
        assertThat(train.get("epoch_loss").get(epoch))
            .isCloseTo(history.get("loss").get(epoch), within(1e-6));
        assertThat(validation.get("epoch_mae").get(epoch))
            .isCloseTo(history.get("val_mae").get(epoch), within(1e-6));
      }
      List<Event> events = events(folder.resolve("train"));
      assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
      assertThat(events.get(events.size() - 1).getStep()).isEqualTo(2);
    }
  }

  @Test
  void writesBatchesHistogramsAndTheGraphOfLayersWhereAskedFor() throws IOException {
    try (Sequential model = model()) {
      TensorBoard callback =
          new TensorBoard(folder).updateFreq(2).histogramFreq(1).writeStepsPerSecond(true);
      model.fit(X, Y, f -> f.epochs(2).batchSize(1).shuffle(false).verbose(0).callbacks(callback));

      Path train = folder.resolve("train");
      Map<String, List<Double>> scalars = scalars(train);
      assertThat(scalars.get("batch_loss")).hasSize(4);
      assertThat(scalars.get("batch_steps_per_second")).hasSize(4).allMatch(value -> value > 0);
      assertThat(scalars.get("epoch_steps_per_second")).hasSize(2);
      List<Summary.Value> values = new ArrayList<>();
      events(train).forEach(event -> values.addAll(event.getSummary().getValueList()));
      assertThat(values)
          .filteredOn(
              value -> value.getMetadata().getPluginData().getPluginName().equals("histograms"))
          .extracting(Summary.Value::getTag)
          .containsExactly(
              "net/dense/kernel/histogram",
              "net/dense/bias/histogram",
              "net/dense/kernel/histogram",
              "net/dense/bias/histogram");
      assertThat(values.get(0).getTag()).isEqualTo("keras");
      assertThat(values.get(0).getTensor().getStringVal(0).toStringUtf8())
          .isEqualTo(model.toJson());
    }
  }

  @Test
  void countsNumbersInRanges() {
    double[] buckets = EventFile.buckets(new float[] {0, 30, 29.5f, 1, Float.NaN});

    assertThat(buckets).hasSize(90);
    assertThat(buckets).startsWith(0, 1, 1, 1, 2, 1, 2, 3, 0).endsWith(29, 30, 2);
    assertThat(EventFile.buckets(new float[] {2, 2, 2})).startsWith(2, 2, 0).endsWith(2, 2, 3);
  }

  @Test
  void writesAnEvaluationThatStandsAlone() throws IOException {
    try (Sequential model = model()) {
      model.evaluate(X, Y, e -> e.verbose(0).callbacks(new TensorBoard(folder)));
      assertThat(scalars(folder.resolve("validation")))
          .containsOnlyKeys("evaluation_loss_vs_iterations", "evaluation_mae_vs_iterations");
      assertThat(folder.resolve("train")).doesNotExist();
    }
  }

  @Test
  void saysWhatItCannotDo() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TensorBoard().profileBatch(2))
        .withMessageContaining("there is no profiler")
        .withMessageContaining("Flight Recorder");
    assertThatIllegalArgumentException().isThrownBy(() -> new TensorBoard().updateFreq("step"));
    Path file = Files.createFile(folder.resolve("file"));
    try (Sequential model = model()) {
      assertThatThrownBy(() -> model.fit(X, Y, f -> f.verbose(0).callbacks(new TensorBoard(file))))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("TensorBoard's events cannot be written");
    }
  }
}
