package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import keras.callbacks.Callback;
import keras.initializers.RandomNormal;
import keras.initializers.RandomUniform;
import keras.initializers.TruncatedNormal;
import keras.initializers.VarianceScaling;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.GaussianNoise;
import keras.layers.GlobalAveragePooling1D;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.LayerNormalization;
import keras.layers.Masking;
import keras.layers.PReLU;
import keras.layers.Permute;
import keras.layers.RepeatVector;
import keras.layers.Reshape;
import keras.layers.SimpleRNN;
import keras.layers.SpatialDropout1D;
import keras.layers.TimeDistributed;
import keras.optimizers.Adam;
import keras.optimizers.AdamW;
import keras.optimizers.RMSprop;
import keras.optimizers.SGD;
import keras.random.NumpyRandom;
import keras.random.PythonRandom;
import keras.regularizers.L1L2;
import keras.utils.Utils;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** The models of {@code testdata/same_seed.py}, line by line. */
record SameSeedModels(String name, Supplier<Model> build, BiConsumer<Model, Callback> train) {

  private static final int EPOCHS = 20;

  static final List<SameSeedModels> ALL =
      List.of(
          new SameSeedModels(
              "echo_whole",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(batchShape(7, 5, 100)));
                model.add(new LSTM(20).returnSequences(true).stateful(true));
                model.add(new TimeDistributed(new Dense(100).activation("softmax")));
                model.compile(
                    c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
                return model;
              },
              (model, recorder) -> echo(model, recorder, 7, 5)),
          new SameSeedModels(
              "echo_partial",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(batchShape(21, 5, 100)));
                model.add(new LSTM(150).stateful(true));
                model.add(new RepeatVector(2));
                model.add(new LSTM(150).returnSequences(true).stateful(true));
                model.add(new TimeDistributed(new Dense(100).activation("softmax")));
                model.compile(
                    c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
                return model;
              },
              (model, recorder) -> echo(model, recorder, 21, 2)),
          new SameSeedModels(
              "seed_continuation",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(null, 1)));
                model.add(new Dense(16));
                model.add(new LSTM(32).returnSequences(true));
                model.add(new Dense(16).activation("relu"));
                model.add(new Dense(1));
                model.compile(c -> c.loss("mse").optimizer(new Adam(0.005)));
                return model;
              },
              (model, recorder) -> {
                FloatNdArray x = values(60, 9, 1);
                FloatNdArray y = values(60, 9, 1);
                float[][] weights = new float[60][9];
                for (float[] row : weights) {
                  java.util.Arrays.fill(row, 4, 9, 1);
                }
                fit(model, recorder, x, y, f -> f.sampleWeight(weights).validationSplit(0.2));
              }),
          new SameSeedModels(
              "pulse",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(null, 1)));
                model.add(new LSTM(4));
                model.add(new Dense(1).activation("sigmoid"));
                model.compile(
                    c -> c.loss("binary_crossentropy").optimizer("adam").metrics("accuracy"));
                return model;
              },
              (model, recorder) -> {
                float[] pulse = {1, 1, 0, 0, 0};
                float[][][] x = new float[55][5][1];
                float[][] y = new float[55][1];
                for (int i = 0; i < 55; i++) {
                  for (int t = 0; t < 5; t++) {
                    x[i][t][0] = pulse[(i + t) % 5];
                  }
                  y[i][0] = pulse[i % 5];
                }
                fit(model, recorder, x, y, f -> f.batchSize(8));
              }),
          new SameSeedModels(
              "sine_to_cosine",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(10, 1)));
                model.add(new LSTM(20).returnSequences(true));
                model.add(new Dense(1));
                model.compile(c -> c.loss("mse").optimizer(new Adam(0.01)));
                return model;
              },
              (model, recorder) -> {
                double[][][] x = new double[64][10][1];
                double[][][] y = new double[64][10][1];
                for (int i = 0; i < 640; i++) {
                  x[i / 10][i % 10][0] = Math.round(1e4 * Math.sin(i / 20.0)) / 1e4;
                  y[i / 10][i % 10][0] = Math.round(1e4 * Math.cos(i / 20.0)) / 1e4;
                }
                fit(model, recorder, x, y, f -> f.batchSize(16));
              }),
          new SameSeedModels(
              "next_number",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(3, 1)));
                model.add(new SimpleRNN(5));
                model.add(new Dense(1));
                model.compile(c -> c.loss("mean_squared_error").optimizer("adam"));
                return model;
              },
              (model, recorder) -> {
                double[][][] x = new double[97][3][1];
                double[][] y = new double[97][1];
                for (int i = 0; i < 97; i++) {
                  for (int t = 0; t < 3; t++) {
                    x[i][t][0] = (i + 10 * t) / 100.0;
                  }
                  y[i][0] = (i + 30) / 100.0;
                }
                fit(model, recorder, x, y, f -> f.validationSplit(0.2));
              }),
          new SameSeedModels(
              "perceptron",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(6)));
                model.add(new Dense(16).activation("relu"));
                model.add(new Dropout(0.3));
                model.add(new Dense(16).activation("tanh").kernelInitializer("he_normal"));
                model.add(new Dropout(0.2));
                model.add(new Dense(3).activation("softmax"));
                model.compile(
                    c ->
                        c.loss("sparse_categorical_crossentropy")
                            .optimizer("adam")
                            .metrics("accuracy"));
                return model;
              },
              (model, recorder) -> {
                FloatNdArray x = values(75, 6);
                long[] y = classes(3, 75);
                fit(model, recorder, x, y, f -> f.batchSize(16).validationSplit(0.2));
              }),
          new SameSeedModels(
              "recurrent_dropout",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(7, 3)));
                model.add(new LSTM(8).dropout(0.2).recurrentDropout(0.3).returnSequences(true));
                model.add(new TimeDistributed(new Dense(2)));
                model.compile(c -> c.loss("mse").optimizer("adam"));
                return model;
              },
              (model, recorder) ->
                  fit(model, recorder, values(40, 7, 3), values(40, 7, 2), f -> f.batchSize(16))),
          new SameSeedModels(
              "simple_dropout",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(6, 2)));
                model.add(new SimpleRNN(6).dropout(0.25).returnSequences(true));
                model.add(new SimpleRNN(5).recurrentDropout(0.25).activation("relu"));
                model.add(new Dense(1));
                model.compile(
                    c -> c.loss("mae").optimizer(new RMSprop(0.01).momentum(0.5)).metrics("mse"));
                return model;
              },
              (model, recorder) -> {
                FloatNdArray x = values(30, 6, 2);
                FloatNdArray y = values(30, 1);
                FloatNdArray validationX = values(10, 6, 2);
                FloatNdArray validationY = values(10, 1);
                fit(
                    model,
                    recorder,
                    x,
                    y,
                    f -> f.batchSize(8).validationData(validationX, validationY));
              }),
          new SameSeedModels(
              "masked",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(null, 2)));
                model.add(new Masking().maskValue(-1));
                model.add(new LSTM(6).returnSequences(true));
                model.add(new LSTM(5));
                model.add(new Dense(4).activation("softmax"));
                model.compile(
                    c ->
                        c.loss("categorical_crossentropy")
                            .optimizer("nadam")
                            .metrics("categorical_accuracy"));
                return model;
              },
              (model, recorder) -> {
                FloatNdArray x = values(36, 8, 2);
                long[] lengths = classes(6, 36);
                for (int row = 0; row < 36; row++) {
                  for (long t = 2 + lengths[row]; t < 8; t++) {
                    x.setFloat(-1, row, t, 0).setFloat(-1, row, t, 1);
                  }
                }
                FloatNdArray y = Utils.toCategorical(classes(4, 36), 4);
                float[] weights = new float[36];
                long[] drawn = classes(3, 36);
                for (int row = 0; row < 36; row++) {
                  weights[row] = 1 + drawn[row] / 2f;
                }
                fit(model, recorder, x, y, f -> f.batchSize(8).sampleWeight(weights));
              }),
          new SameSeedModels(
              "stateful",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(batchShape(6, 4, 2)));
                model.add(new SimpleRNN(5).stateful(true).returnSequences(true));
                model.add(new LSTM(4).stateful(true).dropout(0.1));
                model.add(new Dense(2));
                model.compile(
                    c -> c.loss("huber").optimizer(new SGD(0.1).momentum(0.9).nesterov(true)));
                return model;
              },
              (model, recorder) ->
                  fit(
                      model,
                      recorder,
                      values(18, 4, 2),
                      values(18, 2),
                      f -> f.batchSize(6).shuffle(false))),
          new SameSeedModels(
              "noise",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(5, 3)));
                model.add(new GaussianNoise(0.1));
                model.add(new Dense(8).activation("gelu"));
                model.add(new LayerNormalization());
                model.add(new Flatten());
                model.add(new Dense(1).activation("sigmoid"));
                model.compile(
                    c -> c.loss("binary_crossentropy").optimizer("adamax").metrics("accuracy"));
                return model;
              },
              (model, recorder) -> {
                FloatNdArray x = values(50, 5, 3);
                long[] drawn = classes(2, 50);
                long[][] y = new long[50][1];
                for (int row = 0; row < 50; row++) {
                  y[row][0] = drawn[row];
                }
                fit(
                    model,
                    recorder,
                    x,
                    y,
                    f -> f.batchSize(12).classWeight(Map.of(0, 1.0, 1, 2.0)));
              }),
          new SameSeedModels(
              "spatial",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(6, 4)));
                model.add(new SpatialDropout1D(0.3));
                model.add(new LSTM(6).goBackwards(true).returnSequences(true));
                model.add(new GlobalAveragePooling1D());
                model.add(new Dense(3).kernelRegularizer(new L1L2().l1(0.01).l2(0.02)));
                model.compile(
                    c -> c.loss("mse").optimizer(new AdamW(0.01).weightDecay(0.01)).metrics("mae"));
                return model;
              },
              (model, recorder) ->
                  fit(
                      model,
                      recorder,
                      values(33, 6, 4),
                      values(33, 3),
                      f -> f.batchSize(8).validationSplit(0.3))),
          new SameSeedModels(
              "shaped",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(12)));
                model.add(new Reshape(4, 3));
                model.add(new Permute(2, 1));
                model.add(
                    new Dense(5).kernelInitializer("lecun_uniform").biasInitializer("normal"));
                model.add(new PReLU().alphaInitializer("uniform"));
                model.add(new Flatten());
                model.add(
                    new Dense(2).kernelInitializer("orthogonal").kernelConstraint("max_norm"));
                model.compile(
                    c -> c.loss("log_cosh").optimizer(new Adam(0.01).clipnorm(0.5).amsgrad(true)));
                return model;
              },
              (model, recorder) ->
                  fit(
                      model,
                      recorder,
                      values(40, 12),
                      values(40, 2),
                      f -> f.batchSize(8).stepsPerEpoch(3))),
          new SameSeedModels(
              "encoder_decoder",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(5, 4)));
                model.add(new LSTM(10).recurrentDropout(0.2));
                model.add(new RepeatVector(3));
                model.add(new SimpleRNN(10).returnSequences(true).dropout(0.2));
                model.add(new TimeDistributed(new Dropout(0.1)));
                model.add(new TimeDistributed(new Dense(4).activation("softmax")));
                model.compile(
                    c -> c.loss("categorical_crossentropy").optimizer("adagrad").metrics("acc"));
                return model;
              },
              (model, recorder) -> {
                FloatNdArray x = values(26, 5, 4);
                FloatNdArray y = Utils.toCategorical(shaped(classes(4, 78), 26, 3), 4);
                fit(model, recorder, x, y, f -> f.batchSize(10));
              }),
          new SameSeedModels(
              "initialized",
              () -> {
                RandomNormal normal = new RandomNormal().stddev(0.2);
                TruncatedNormal truncated = new TruncatedNormal().stddev(0.3);
                Dense first = new Dense(7).kernelInitializer(truncated).activation("elu");
                Dense second =
                    new Dense(7).kernelInitializer("glorot_normal").biasInitializer(normal);
                // Never used, yet its seeds are drawn.
                new SimpleRNN(4).kernelInitializer("he_uniform").recurrentInitializer("identity");
                VarianceScaling scaled =
                    new VarianceScaling().scale(2).mode("fan_avg").distribution("truncated_normal");
                LSTM fourth =
                    new LSTM(3).kernelInitializer(scaled).recurrentInitializer("lecun_normal");
                Dense last =
                    new Dense(2)
                        .kernelInitializer(new RandomUniform().minval(-0.5).maxval(0.5).seed(7));
                Sequential model = new Sequential();
                model.add(new Input(shape(4, 3)));
                model.add(second);
                model.add(first);
                model.add(new Dropout(0.1).seed(9));
                model.add(new LSTM(4).returnSequences(true));
                model.add(new Reshape(2, -1));
                model.add(new SimpleRNN(4).returnSequences(true));
                model.add(fourth);
                model.add(last);
                model.compile(c -> c.loss("mse").optimizer("adadelta"));
                return model;
              },
              (model, recorder) ->
                  fit(model, recorder, values(20, 4, 3), values(20, 2), f -> f.batchSize(6))),
          new SameSeedModels(
              "gated",
              () -> {
                Sequential model = new Sequential();
                model.add(new Input(shape(6, 3)));
                model.add(new GRU(8).dropout(0.2).returnSequences(true));
                model.add(new GRU(6).recurrentDropout(0.3).dropout(0.1).returnSequences(true));
                model.add(new GRU(5).resetAfter(false));
                model.add(new Dense(2));
                model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
                return model;
              },
              (model, recorder) ->
                  fit(model, recorder, values(40, 6, 3), values(40, 2), f -> f.batchSize(16))));

  @Override
  public String toString() {
    return name;
  }

  static void fit(
      Model model, Callback recorder, Object x, Object y, Consumer<FitOptions> options) {
    model.fit(x, y, options.andThen(f -> f.epochs(EPOCHS).verbose(0).callbacks(recorder)));
  }

  private static void echo(Model model, Callback recorder, int batch, int echoed) {
    for (int round = 0; round < EPOCHS; round++) {
      float[][][] x = new float[21][5][100];
      float[][][] y = new float[21][echoed][100];
      for (int i = 0; i < 105; i++) {
        int number = (int) PythonRandom.shared().randint(0, 99);
        x[i / 5][i % 5][number] = 1;
        if (i % 5 < echoed) {
          y[i / 5][i % 5][number] = 1;
        }
      }
      model.fit(x, y, f -> f.batchSize(batch).shuffle(false).verbose(0).callbacks(recorder));
      for (Layer<?> layer : model.layers()) {
        layer.resetState();
      }
    }
  }

  static FloatNdArray values(long... dimensions) {
    Shape shape = Shape.of(dimensions);
    long[] drawn = NumpyRandom.shared().randint(0, 1001, Math.toIntExact(shape.size()));
    float[] values = new float[drawn.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((drawn[i] - 500) / 500.0);
    }
    return NdArrays.wrap(shape, DataBuffers.of(values));
  }

  static long[] classes(int count, int size) {
    return NumpyRandom.shared().randint(0, count, size);
  }

  static long[][] shaped(long[] values, int rows, int columns) {
    long[][] shaped = new long[rows][columns];
    for (int i = 0; i < values.length; i++) {
      shaped[i / columns][i % columns] = values[i];
    }
    return shaped;
  }
}
