package keras.bench;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import keras.layers.Add;
import keras.layers.Bidirectional;
import keras.layers.Conv1D;
import keras.layers.ConvLSTM2D;
import keras.layers.Dense;
import keras.layers.Embedding;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.GlobalAveragePooling1D;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.LayerNormalization;
import keras.layers.Masking;
import keras.layers.MaxPooling1D;
import keras.layers.MultiHeadAttention;
import keras.layers.RNN;
import keras.layers.RepeatVector;
import keras.layers.SimpleRNN;
import keras.layers.TimeDistributed;
import keras.models.Model;
import keras.models.Sequential;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** One workload of the benchmark in this library; prints one line of JSON. See bench/README.md. */
public final class Bench {

  private static final Random RANDOM = new Random(1);
  private static final double MILLIS = 1e-6;
  private static final double SECONDS = 1e-9;

  private static double warmUpSeconds;

  private Bench() {}

  /**
   * Measures.
   *
   * @param args the workload's name, and for how many seconds it is done before it is measured
   */
  public static void main(String[] args) {
    warmUpSeconds = Double.parseDouble(args[1]);
    Map<String, Double> measured =
        switch (args[0]) {
          case "echo" -> echo();
          case "echo-loop" -> echoLoop();
          case "partial" -> partial();
          case "rnn" -> rnn();
          case "med" -> med();
          case "big" -> big();
          case "gru" -> gru();
          case "bidir" -> bidir();
          case "seq2seq" -> seq2seq();
          case "own-cell" -> ownCell();
          case "text" -> text(20_000);
          case "rows" -> rows();
          case "conv" -> conv();
          case "convlstm" -> convLstm();
          case "attention" -> attention();
          case "long" -> longSequences();
          case "lengths" -> lengths();
          case "predict" -> predict();
          case "latency" -> latency();
          case "start" -> start();
          case "memory" -> memory();
          default -> recurrent(args[0].split("/"));
        };
    StringBuilder json = new StringBuilder("{");
    measured.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "" : ", ")
                .append(String.format(Locale.ROOT, "\"%s\": %f", name, value)));
    System.out.println(json.append("}"));
  }

  private static Map<String, Double> echo() {
    try (Sequential model = classifier(20, 5, 100, null)) {
      return Map.of(
          "echo", stepTime(model, dense(oneHot(7000, 5, 100)), dense(oneHot(7000, 5, 100)), 7));
    }
  }

  private static Map<String, Double> echoLoop() {
    try (Sequential model = classifier(20, 5, 100, 7)) {
      warmUp(() -> echoTurn(model));
      long start = System.nanoTime();
      for (int i = 0; i < 300; i++) {
        echoTurn(model);
      }
      return Map.of("echo-loop", (System.nanoTime() - start) * MILLIS / 300);
    }
  }

  private static void echoTurn(Sequential model) {
    float[][][] x = oneHot(21, 5, 100);
    model.fit(x, x, f -> f.epochs(1).batchSize(7).verbose(0).shuffle(false));
    model.resetStates();
  }

  private static Map<String, Double> partial() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(21, 5, 100)));
      model.add(new LSTM(150).stateful(true));
      model.add(new RepeatVector(2));
      model.add(new LSTM(150).returnSequences(true).stateful(true));
      model.add(new TimeDistributed(new Dense(100).activation("softmax")));
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
      return Map.of(
          "partial", stepTime(model, dense(oneHot(6300, 5, 100)), dense(oneHot(6300, 2, 100)), 21));
    }
  }

  private static Map<String, Double> rnn() {
    try (Sequential model = regressor(new SimpleRNN(5), 3, 1)) {
      return Map.of(
          "rnn", stepTime(model, dense(random(32_000, 3, 1)), dense(random(1, 32_000, 1)[0]), 32));
    }
  }

  private static Map<String, Double> med() {
    try (Sequential model = classifier(128, 100, 64, null)) {
      return Map.of(
          "med", stepTime(model, dense(oneHot(960, 100, 64)), dense(oneHot(960, 100, 64)), 32));
    }
  }

  private static Map<String, Double> big() {
    try (Sequential model = classifier(512, 100, 128, null)) {
      return Map.of(
          "big", stepTime(model, dense(oneHot(256, 100, 128)), dense(oneHot(256, 100, 128)), 64));
    }
  }

  private static Map<String, Double> gru() {
    try (Sequential model = regressor(new GRU(128), 100, 64)) {
      return Map.of(
          "gru", stepTime(model, dense(random(960, 100, 64)), dense(random(1, 960, 1)[0]), 32));
    }
  }

  private static Map<String, Double> bidir() {
    try (Sequential model =
        new Sequential(
            new Input(shape(100, 64)),
            new Bidirectional(new LSTM(64).returnSequences(true)),
            new Dense(64).activation("softmax"))) {
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
      return Map.of(
          "bidir", stepTime(model, dense(oneHot(960, 100, 64)), dense(oneHot(960, 100, 64)), 32));
    }
  }

  private static Map<String, Double> seq2seq() {
    KerasTensor source = new Input(shape(null, 71)).tensor();
    KerasTensor shifted = new Input(shape(null, 71)).tensor();
    List<KerasTensor> encoded = new LSTM(256).returnState(true).callAll(source);
    KerasTensor decoded =
        new LSTM(256)
            .returnSequences(true)
            .returnState(true)
            .callAll(shifted, encoded.subList(1, 3))
            .get(0);
    try (Model model =
        new Model(List.of(source, shifted), new Dense(71).activation("softmax").call(decoded))) {
      model.compile(c -> c.loss("categorical_crossentropy").optimizer("rmsprop").metrics("acc"));
      FloatNdArray x = dense(oneHot(1280, 16, 71));
      FloatNdArray y = dense(oneHot(1280, 16, 71));
      return Map.of("seq2seq", stepTime(model, List.of(x, y), y, 64));
    }
  }

  private static Map<String, Double> ownCell() {
    try (Sequential model = regressor(new RNN(new Gated(64)), 100, 64)) {
      return Map.of(
          "own-cell",
          stepTime(model, dense(random(640, 100, 64)), dense(random(1, 640, 1)[0]), 32));
    }
  }

  private static Map<String, Double> text(int vocabulary) {
    try (Sequential model =
        new Sequential(
            new Input(shape(80)), new Embedding(vocabulary, 128), new LSTM(64), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
      return Map.of(
          "text", stepTime(model, indices(960, 80, vocabulary), dense(random(1, 960, 1)[0]), 32));
    }
  }

  /** Small and large vocabularies, with an optimizer that changes only the rows that were used. */
  private static Map<String, Double> rows() {
    Map<String, Double> times = new TreeMap<>();
    for (int vocabulary : new int[] {5000, 500_000}) {
      for (String optimizer : List.of("sgd", "adam")) {
        try (Sequential model =
            new Sequential(
                new Input(shape(80)),
                new Embedding(vocabulary, 128),
                new GlobalAveragePooling1D(),
                new Dense(1))) {
          model.compile(c -> c.loss("mse").optimizer(optimizer));
          times.put(
              "rows-" + optimizer + "-" + vocabulary,
              stepTime(model, indices(320, 80, vocabulary), dense(random(1, 320, 1)[0]), 32));
        }
      }
    }
    return times;
  }

  private static FloatNdArray indices(int count, int timesteps, int vocabulary) {
    float[][] indices = new float[count][timesteps];
    for (float[] sample : indices) {
      for (int i = 0; i < timesteps; i++) {
        sample[i] = RANDOM.nextInt(vocabulary);
      }
    }
    return dense(indices);
  }

  private static Map<String, Double> conv() {
    try (Sequential model =
        new Sequential(
            new Input(shape(100, 128)),
            new Conv1D(64, 5),
            new MaxPooling1D(4),
            new LSTM(70),
            new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
      return Map.of(
          "conv", stepTime(model, dense(random(640, 100, 128)), dense(random(1, 640, 1)[0]), 32));
    }
  }

  private static Map<String, Double> convLstm() {
    float[][][][][] x = new float[32][][][][];
    for (int i = 0; i < x.length; i++) {
      x[i] = new float[10][][][];
      for (int t = 0; t < 10; t++) {
        x[i][t] = random(32, 32, 1);
      }
    }
    try (Sequential model =
        new Sequential(
            new Input(shape(10, 32, 32, 1)),
            new ConvLSTM2D(16, 3, 3),
            new Flatten(),
            new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
      return Map.of("convlstm", stepTime(model, dense(x), dense(random(1, 32, 1)[0]), 8));
    }
  }

  private static Map<String, Double> attention() {
    KerasTensor x = new Input(shape(64, 64)).tensor();
    KerasTensor y = x;
    for (int i = 0; i < 2; i++) {
      KerasTensor attended = new MultiHeadAttention(4, 32).call(y, y);
      y = new LayerNormalization().call(new Add().call(List.of(y, attended)));
    }
    try (Model model = new Model(x, new Dense(1).call(new GlobalAveragePooling1D().call(y)))) {
      model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
      return Map.of(
          "attention",
          stepTime(model, dense(random(640, 64, 64)), dense(random(1, 640, 1)[0]), 32));
    }
  }

  private static Map<String, Double> longSequences() {
    float[][][] x = random(128, 1000, 8);
    float[][] y = random(1, 128, 1)[0];
    long start = System.nanoTime();
    try (Sequential model = regressor(new LSTM(64), 1000, 8)) {
      model.fit(Arrays.copyOf(x, 16), Arrays.copyOf(y, 16), f -> f.batchSize(16).verbose(0));
      double first = (System.nanoTime() - start) * SECONDS;
      return Map.of("long", stepTime(model, dense(x), dense(y), 16), "long-first", first);
    }
  }

  /**
   * Recurrent layers of some kind: "masked/100" trains two of them on 100 timesteps; "first" or
   * "predict" after that, and the number of layers, measures the first step or prediction only.
   */
  private static Map<String, Double> recurrent(String[] parts) {
    String kind = parts[0];
    int timesteps = Integer.parseInt(parts[1]);
    int layers = parts.length > 3 ? Integer.parseInt(parts[3]) : 2;
    String name = String.join("/", parts);
    float[][][] x = random(320, timesteps, 8);
    for (int i = 0; kind.endsWith("masked") && i < x.length; i++) {
      for (int t = timesteps - i % (timesteps / 2); t < timesteps; t++) {
        Arrays.fill(x[i][t], 0);
      }
    }
    FloatNdArray y = dense(random(1, 320, 1)[0]);
    FloatNdArray firstX = dense(Arrays.copyOf(x, 32));
    FloatNdArray firstY = dense(random(1, 32, 1)[0]);
    useOnce();
    long start = System.nanoTime();
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(timesteps, 8)));
      if (kind.endsWith("masked")) {
        model.add(new Masking());
      }
      for (int i = 1; i <= layers; i++) {
        model.add(recurrent(kind, i < layers));
      }
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      boolean predicts = parts.length > 2 && parts[2].equals("predict");
      if (predicts) {
        model.predict(firstX, p -> p.verbose(0));
      } else {
        model.fit(firstX, firstY, f -> f.batchSize(32).verbose(0));
      }
      double first = (System.nanoTime() - start) * SECONDS;
      return parts.length > 2
          ? Map.of(name, first)
          : Map.of(name, stepTime(model, dense(x), y, 32), name + "/first", first);
    }
  }

  /** Another model: what Python imports, Java loads when it is first used. */
  private static void useOnce() {
    try (Sequential model = new Sequential(new Input(shape(4, 3)), new LSTM(2), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("adam"));
      model.fit(random(2, 4, 3), new float[2][1], f -> f.verbose(0));
      model.predict(random(2, 4, 3), p -> p.verbose(0));
    }
  }

  private static Layer<?> recurrent(String kind, boolean sequences) {
    return switch (kind) {
      case "plain", "masked" -> new LSTM(64).returnSequences(sequences);
      case "relu" -> new LSTM(64).activation("relu").returnSequences(sequences);
      case "recdrop" -> new LSTM(64).recurrentDropout(0.2).returnSequences(sequences);
      case "hard" -> new LSTM(64).recurrentActivation("hard_sigmoid").returnSequences(sequences);
      case "gru-plain", "gru-masked" -> new GRU(64).returnSequences(sequences);
      case "gru-before" -> new GRU(64).resetAfter(false).returnSequences(sequences);
      case "simple" -> new SimpleRNN(64).returnSequences(sequences);
      default -> throw new IllegalArgumentException("There is no workload " + kind);
    };
  }

  private static Map<String, Double> lengths() {
    float[][][][] data = new float[15][][][];
    for (int i = 0; i < data.length; i++) {
      data[i] = new float[2000][5 + i][1];
      for (float[][] window : data[i]) {
        for (float[] step : window) {
          step[0] = RANDOM.nextInt(2);
        }
      }
    }
    warmUp(() -> lengths(data));
    return Map.of("lengths", lengths(data));
  }

  private static double lengths(float[][][][] data) {
    long start = System.nanoTime();
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(null, 1)));
      model.add(new LSTM(4));
      model.add(new Dense(1).activation("sigmoid"));
      model.compile(c -> c.loss("binary_crossentropy").optimizer("adam").metrics("accuracy"));
      for (float[][][] x : data) {
        float[][] y = new float[x.length][];
        Arrays.setAll(y, i -> x[i][0]);
        model.evaluate(x, y, e -> e.verbose(0));
      }
    }
    return (System.nanoTime() - start) * SECONDS;
  }

  private static Map<String, Double> predict() {
    FloatNdArray x = dense(random(10_000, 50, 8));
    try (Sequential model = regressor(new LSTM(64), 50, 8)) {
      warmUp(() -> model.predict(x, p -> p.batchSize(256).verbose(0)));
      double[] seconds = new double[3];
      for (int i = 0; i < seconds.length; i++) {
        long start = System.nanoTime();
        model.predict(x, p -> p.batchSize(256).verbose(0));
        seconds[i] = (System.nanoTime() - start) * SECONDS;
      }
      return Map.of("predict", percentile(seconds, 50));
    }
  }

  private static Map<String, Double> latency() {
    float[][][] x = random(1, 50, 8);
    try (Sequential model = regressor(new LSTM(64), 50, 8)) {
      warmUp(() -> model.predict(x, p -> p.verbose(0)));
      double[] millis = new double[2000];
      for (int i = 0; i < millis.length; i++) {
        long start = System.nanoTime();
        model.predict(x, p -> p.verbose(0));
        millis[i] = (System.nanoTime() - start) * MILLIS;
      }
      return Map.of("latency", percentile(millis, 50), "latency-p99", percentile(millis, 99));
    }
  }

  /** What is timed, from outside, is the whole process. */
  private static Map<String, Double> start() {
    float[][][] x = new float[71][3][1];
    float[][] y = new float[71][1];
    for (int i = 0; i < x.length; i++) {
      for (int t = 0; t < 3; t++) {
        x[i][t][0] = (i + 10 * t) / 100f;
      }
      y[i][0] = (i + 30) / 100f;
    }
    try (Sequential model = regressor(new SimpleRNN(5), 3, 1)) {
      model.fit(x, y, f -> f.verbose(0));
    }
    return Map.of("start", 0.0);
  }

  private static Map<String, Double> memory() {
    float[][][] x = oneHot(640, 100, 64);
    float[][][] y = oneHot(640, 100, 64);
    try (Sequential model = classifier(128, 100, 64, null)) {
      model.fit(x, y, f -> f.batchSize(32).epochs(2).verbose(0));
      return Map.of("memory", peakMemory());
    }
  }

  /** The process's peak resident memory in MiB, as Linux counts it. */
  private static double peakMemory() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the peak memory", e);
    }
  }

  /** Does what is to be measured until the time to warm up is over, once at least. */
  private static void warmUp(Runnable work) {
    long start = System.nanoTime();
    do {
      work.run();
    } while ((System.nanoTime() - start) * SECONDS < warmUpSeconds);
  }

  /** Milliseconds per step of a fit. */
  private static double stepTime(Model model, Object x, FloatNdArray y, int batch) {
    int steps = (int) y.shape().get(0) / batch;
    warmUp(() -> model.fit(x, y, f -> f.batchSize(batch).verbose(0)));
    double[] millis = new double[3];
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      model.fit(x, y, f -> f.batchSize(batch).verbose(0));
      millis[i] = (System.nanoTime() - start) * MILLIS / steps;
    }
    return percentile(millis, 50);
  }

  private static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) * percent / 100];
  }

  /** Trains to give a class for each timestep; stateful if the batch is known. */
  private static Sequential classifier(int units, int timesteps, int features, Integer batch) {
    Sequential model = new Sequential();
    model.add(new Input(batchShape(batch, timesteps, features)));
    model.add(new LSTM(units).returnSequences(true).stateful(batch != null));
    model.add(new TimeDistributed(new Dense(features).activation("softmax")));
    model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
    return model;
  }

  /** Trains to give a number for each sequence. */
  private static Sequential regressor(Layer<?> layer, int timesteps, int features) {
    Sequential model = new Sequential();
    model.add(new Input(shape(timesteps, features)));
    model.add(layer);
    model.add(new Dense(1));
    model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
    return model;
  }

  /** In one piece, as the other peers' arrays are. */
  private static FloatNdArray dense(Object array) {
    return FloatArrays.of(array, "Bench");
  }

  private static float[][][] oneHot(int count, int timesteps, int features) {
    float[][][] values = new float[count][timesteps][features];
    for (float[][] sample : values) {
      for (float[] step : sample) {
        step[RANDOM.nextInt(features)] = 1;
      }
    }
    return values;
  }

  private static float[][][] random(int count, int timesteps, int features) {
    float[][][] values = new float[count][timesteps][features];
    for (float[][] sample : values) {
      for (float[] step : sample) {
        for (int i = 0; i < features; i++) {
          step[i] = RANDOM.nextFloat();
        }
      }
    }
    return values;
  }
}
