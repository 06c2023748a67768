package keras.models;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import keras.callbacks.LambdaCallback;
import keras.layers.Add;
import keras.layers.Dense;
import keras.layers.Embedding;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.Masking;
import keras.layers.Subtract;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Uses models in many threads at once. With {@code -P threads}, in more of them for longer. */
class ManyThreadsTest {

  private static final int THREADS = Integer.getInteger("threads.count", 8);
  private static final int CALLS = Integer.getInteger("threads.calls", 40);

  /** After so many calls, files are written less often: they take a hundred times as long. */
  private static final int CALLS_OF_ALL_KINDS = 100;

  private static final int COLD_STARTS = Integer.getInteger("threads.coldStarts", 4);

  /** How long a test may take at most: those that wait for each other would do so for ever. */
  private static final int MINUTES = Integer.getInteger("threads.minutes", 5);

  @TempDir Path folder;

  /** A batch of some size and length, with what the model gives for it. */
  private record Question(FloatNdArray x, FloatNdArray y, FloatNdArray answer, double loss) {}

  private static Sequential model() {
    Sequential model =
        new Sequential(
            new Input(shape(null, 3)),
            new Masking(),
            new LSTM(5).returnSequences(true),
            new GRU(4),
            new Dense(1));
    float next = 0;
    List<FloatNdArray> weights = new ArrayList<>();
    for (FloatNdArray weight : model.getWeights()) {
      float[] values = new float[(int) weight.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.sin(next++);
      }
      weights.add(FloatArrays.wrap(values, FloatArrays.shape(weight)));
    }
    model.setWeights(weights);
    model.compile(c -> c.loss("mse").optimizer("sgd"));
    return model;
  }

  private static List<Question> questions() {
    List<Question> all = new ArrayList<>();
    Random random = new Random(5);
    try (Sequential model = model()) {
      for (int i = 0; i < 12; i++) {
        int batch = 1 + random.nextInt(4);
        int timesteps = 1 + random.nextInt(6);
        float[] x = new float[batch * timesteps * 3];
        for (int k = 0; k < x.length; k++) {
          x[k] = random.nextFloat() - 0.5f;
        }
        FloatNdArray array = FloatArrays.wrap(x, batch, timesteps, 3);
        FloatNdArray y = FloatArrays.wrap(new float[batch], batch);
        double loss = model.evaluate(array, y, e -> e.verbose(0)).get("loss");
        all.add(new Question(array, y, model.predict(array, p -> p.verbose(0)), loss));
      }
    }
    return all;
  }

  /** Runs work in many threads that begin at the same time, and fails with the first failure. */
  private static void together(List<Callable<Void>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    CyclicBarrier start = new CyclicBarrier(work.size());
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (Callable<Void> each : work) {
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  return each.call();
                }));
      }
      for (Future<Void> each : all) {
        each.get(MINUTES, TimeUnit.MINUTES);
      }
    } catch (TimeoutException hung) {
      StringBuilder dump = new StringBuilder("The threads wait for each other:\n");
      Thread.getAllStackTraces()
          .forEach((thread, stack) -> dump.append(thread).append(List.of(stack)).append('\n'));
      throw new AssertionError(dump.toString(), hung);
    } finally {
      pool.shutdownNow();
    }
  }

  private void ask(Sequential model, Question question, int way) {
    switch (way) {
      case 0 -> {
        double loss = model.evaluate(question.x, question.y, e -> e.verbose(0)).get("loss");
        assertThat(loss).isCloseTo(question.loss, offset(1e-5));
      }
      case 1 -> {
        Map<String, FloatNdArray> outputs = model.layerOutputs(question.x);
        assertThatArray(outputs.get(model.getLayer(3).name())).isCloseTo(question.answer);
      }
      case 2 -> assertThat(model.getWeights()).hasSize(8);
      case 3 -> {
        StringBuilder table = new StringBuilder();
        model.summary(table::append);
        assertThat(table).contains("Total params");
      }
      case 4 -> {
        Path file = folder.resolve(Thread.currentThread().getId() + ".keras");
        model.save(file);
        try (Model read = Models.loadModel(file)) {
          assertThatArray(read.predictOnBatch(question.x)).isCloseTo(question.answer);
        }
      }
      case 5 -> model.export(folder.resolve("export" + Thread.currentThread().getId()));
      case 6, 7, 8, 9, 10, 11, 12, 13 ->
          assertThatArray(model.predict(question.x, p -> p.verbose(0))).isCloseTo(question.answer);
      default -> assertThatArray(model.predictOnBatch(question.x)).isCloseTo(question.answer);
    }
  }

  @Test
  void answersEveryThreadRightFromTheFirstCallOn() throws Exception {
    List<Question> questions = questions();
    for (int cold = 0; cold < COLD_STARTS; cold++) {
      int round = cold;
      try (Sequential model = model()) {
        List<Callable<Void>> work = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          int thread = t;
          work.add(
              () -> {
                Random random = new Random(round * 1000 + thread);
                for (int i = 0; i < CALLS; i++) {
                  Question question = questions.get(random.nextInt(questions.size()));
                  int ways = i < CALLS_OF_ALL_KINDS ? 100 : 10_000;
                  ask(model, question, i == 0 ? 50 : random.nextInt(ways));
                }
                return null;
              });
        }
        work.add(ManyThreadsTest::trainAnother);
        work.add(ManyThreadsTest::makeAndCloseOthers);
        together(work);
      }
    }
  }

  private static Void trainAnother() {
    try (Sequential other = model()) {
      other.fit(new float[20][4][3], new float[20], f -> f.epochs(5).batchSize(5).verbose(0));
    }
    return null;
  }

  private static Void makeAndCloseOthers() {
    for (int i = 0; i < 5; i++) {
      try (Sequential other = model()) {
        assertThat(other.predictOnBatch(new float[2][3][3]).size()).isEqualTo(2);
      }
    }
    return null;
  }

  @Test
  void answersTwoBusyModelsEachWithItsOwnWeights() throws Exception {
    FloatNdArray x = FloatArrays.wrap(new float[] {1, -2, 0.5f, 3, 1, -1}, 1, 2, 3);
    try (Sequential one = model();
        Sequential two = model()) {
      two.setWeights(two.getWeights().stream().map(ManyThreadsTest::halved).toList());
      List<Callable<Void>> work = new ArrayList<>();
      List<FloatNdArray> answers = List.of(one.predictOnBatch(x), two.predictOnBatch(x));
      for (int t = 0; t < THREADS; t++) {
        Sequential model = t % 2 == 0 ? one : two;
        FloatNdArray answer = answers.get(t % 2);
        work.add(
            () -> {
              for (int i = 0; i < 10 * CALLS; i++) {
                assertThatArray(model.predictOnBatch(x)).isCloseTo(answer);
              }
              return null;
            });
      }
      together(work);
      assertThat(answers.get(0).getFloat(0, 0)).isNotEqualTo(answers.get(1).getFloat(0, 0));
    }
  }

  private static FloatNdArray halved(FloatNdArray weight) {
    float[] values = FloatArrays.values(weight).clone();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 2;
    }
    return FloatArrays.wrap(values, FloatArrays.shape(weight));
  }

  @Test
  void sharesLayersBetweenModelsInDifferentThreads() throws Exception {
    for (int cold = 0; cold < COLD_STARTS; cold++) {
      Dense shared = new Dense(2);
      List<Callable<Void>> work = new ArrayList<>();
      List<Model> models = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        KerasTensor x = new Input(shape(3)).tensor();
        models.add(new Model(x, new Dense(1).call(shared.call(x))));
      }
      for (Model each : models) {
        work.add(
            () -> {
              FloatNdArray first = each.predictOnBatch(new float[][] {{1, 2, 3}});
              for (int i = 0; i < CALLS; i++) {
                assertThatArray(each.predictOnBatch(new float[][] {{1, 2, 3}})).isCloseTo(first);
              }
              each.close();
              return null;
            });
      }
      together(work);
    }
  }

  /** Both layers begin alike and get the same gradients: after whole steps they are alike. */
  @Test
  void predictsWithTheWeightsOfAWholeStepWhileTheModelIsTrained() throws Exception {
    KerasTensor x = new Input(shape(3)).tensor();
    KerasTensor one = new Dense(40).useBias(false).kernelInitializer("ones").call(x);
    KerasTensor two = new Dense(40).useBias(false).kernelInitializer("ones").call(x);
    try (Model model =
        new Model(
            x,
            List.of(new Add().call(List.of(one, two)), new Subtract().call(List.of(one, two))))) {
      model.compile(c -> c.loss(Arrays.asList("mse", null)).optimizer("adam"));
      float[][] data = new float[400][3];
      for (float[] row : data) {
        row[0] = 1;
      }
      float[] before = FloatArrays.values(model.getWeights().get(0));
      AtomicBoolean trained = new AtomicBoolean();
      List<Callable<Void>> work = new ArrayList<>();
      work.add(
          () -> {
            try {
              model.fit(
                  data,
                  List.of(new float[400][40], new float[400][40]),
                  f -> f.epochs(Math.min(CALLS / 4, 200)).batchSize(2).verbose(0));
            } finally {
              trained.set(true);
            }
            return null;
          });
      for (int t = 0; t < THREADS; t++) {
        work.add(
            () -> {
              while (!trained.get()) {
                FloatNdArray difference = model.predictOnBatchAll(new float[][] {{1, 2, 3}}).get(1);
                assertThat(FloatArrays.values(difference)).containsOnly(0);
                List<FloatNdArray> weights = model.getWeights();
                assertThat(FloatArrays.values(weights.get(0)))
                    .isEqualTo(FloatArrays.values(weights.get(1)));
              }
              return null;
            });
      }
      together(work);
      assertThat(FloatArrays.values(model.getWeights().get(0))).isNotEqualTo(before);
    }
  }

  /** The weights grow from step to step, so samples that are alike tell whether weights were. */
  @Test
  void predictsAllBatchesWithTheWeightsOfOneStepWhileTheModelIsTrained() throws Exception {
    try (Sequential model =
        new Sequential(
            new Input(shape(3)),
            new Dense(40).activation("relu").kernelInitializer("ones"),
            new Dense(1).kernelInitializer("ones"))) {
      model.compile(c -> c.loss("mse").optimizer("adam"));
      float[][] data = new float[400][3];
      for (float[] row : data) {
        row[0] = 1;
      }
      AtomicBoolean trained = new AtomicBoolean();
      Set<Float> answers = ConcurrentHashMap.newKeySet();
      List<Callable<Void>> work = new ArrayList<>();
      work.add(
          () -> {
            try {
              model.fit(
                  data,
                  new float[400],
                  f -> f.epochs(Math.min(CALLS / 2, 200)).batchSize(2).verbose(0));
            } finally {
              trained.set(true);
            }
            return null;
          });
      for (int t = 0; t < THREADS; t++) {
        int rows = 3 + t;
        work.add(
            () -> {
              while (!trained.get()) {
                FloatNdArray all =
                    model.predict(
                        Arrays.copyOf(data, rows * 7),
                        p -> p.batchSize(rows).verbose(0).callbacks(perBatch()));
                assertThat(FloatArrays.values(all)).containsOnly(all.getFloat(0, 0));
                answers.add(all.getFloat(0, 0));
              }
              return null;
            });
      }
      together(work);
      assertThat(answers).hasSizeGreaterThan(2);
    }
  }

  /**
   * Optimizers change weights where they are, rows of an embedding too; a prediction keeps its own.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adadelta",
        "adafactor",
        "adagrad",
        "adam",
        "adamax",
        "adamw",
        "ftrl",
        "lamb",
        "lion",
        "muon",
        "nadam",
        "rmsprop",
        "sgd"
      })
  void keepsTheWeightsOfAPredictionFromTheOptimizer(String optimizer) {
    try (Sequential model =
        new Sequential(new Input(shape(2)), new Embedding(50, 4), new LSTM(3), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer(optimizer));
      float[][] x = {{1, 2}, {3, 4}, {1, 2}, {3, 4}, {1, 2}, {3, 4}};
      float[] y = {1, 2, 3, 4, 5, 6};
      double loss = model.evaluate(x, y, e -> e.verbose(0)).get("loss");
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        LambdaCallback train =
            new LambdaCallback()
                .onPredictBatchEnd((batch, logs) -> elsewhere(() -> model.trainOnBatch(x, y)))
                .onTestBatchEnd((batch, logs) -> elsewhere(() -> model.trainOnBatch(x, y)));
        FloatNdArray all = model.predict(x, p -> p.batchSize(2).verbose(0).callbacks(train));
        assertThatArray(FloatArrays.rows(all, 2, 4)).isCloseTo(FloatArrays.rows(all, 0, 2));
        assertThatArray(FloatArrays.rows(all, 4, 6)).isCloseTo(FloatArrays.rows(all, 0, 2));
        double before = model.evaluate(x, y, e -> e.verbose(0)).get("loss");
        double same =
            model.evaluate(x, y, e -> e.batchSize(2).verbose(0).callbacks(train)).get("loss");
        assertThat(same).isCloseTo(before, offset(1e-5));
        losses.add(model.evaluate(x, y, e -> e.verbose(0)).get("loss"));
      }
      assertThat(losses.get(0)).isNotEqualTo(loss).isNotEqualTo(losses.get(1));
    }
  }

  private static void elsewhere(Runnable work) {
    CompletableFuture.runAsync(work).join();
  }

  /** Returns a callback for which batches are run one by one. */
  private static LambdaCallback perBatch() {
    return new LambdaCallback().onPredictBatchEnd((batch, logs) -> {});
  }

  @Test
  void refusesToTrainInTwoThreads() throws Exception {
    try (Sequential model = model()) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch refused = new CountDownLatch(1);
      together(
          List.of(
              () -> {
                model.fit(
                    new float[2][4][3],
                    new float[2],
                    f ->
                        f.verbose(0)
                            .callbacks(
                                new LambdaCallback()
                                    .onEpochBegin(
                                        (epoch, logs) -> {
                                          begun.countDown();
                                          await(refused);
                                        })));
                return null;
              },
              () -> {
                await(begun);
                try {
                  for (String where : List.of("fit", "trainOnBatch", "compile")) {
                    assertThatThrownBy(() -> change(model, where))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith(where + ": another thread is training the model.");
                  }
                } finally {
                  refused.countDown();
                }
                return null;
              }));
    }
  }

  private static void change(Sequential model, String where) {
    switch (where) {
      case "fit" -> model.fit(new float[2][4][3], new float[2], f -> f.verbose(0));
      case "compile" -> model.compile(c -> c.loss("mae"));
      default -> model.trainOnBatch(new float[2][4][3], new float[2]);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(MINUTES, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
