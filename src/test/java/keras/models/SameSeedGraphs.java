package keras.models;

import static keras.layers.Input.shape;

import java.util.List;
import keras.layers.Bidirectional;
import keras.layers.Concatenate;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.GRU;
import keras.layers.GRUCell;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.LSTMCell;
import keras.layers.Multiply;
import keras.layers.RNN;
import keras.layers.SimpleRNN;
import keras.layers.Subtract;
import keras.optimizers.SGD;
import keras.utils.Utils;

/** The graphs of {@code testdata/same_seed.py}, line by line. */
final class SameSeedGraphs {

  static final List<SameSeedModels> ALL =
      List.of(
          new SameSeedModels(
              "both_ways",
              () -> {
                KerasTensor x = new Input(shape(6, 3)).tensor();
                LSTM lstm = new LSTM(5).returnSequences(true).dropout(0.2);
                KerasTensor y = new Bidirectional(lstm).call(x);
                GRU gru = new GRU(4).dropout(0.1).recurrentDropout(0.2);
                y = new Dropout(0.2).call(new Bidirectional(gru).mergeMode("sum").call(y));
                KerasTensor value = new Dense(2).name("value").call(y);
                KerasTensor kind = new Dense(3).activation("softmax").name("kind").call(y);
                Model model = new Model(x, List.of(value, kind));
                model.compile(
                    c -> c.loss(List.of("mse", "categorical_crossentropy")).optimizer("adam"));
                return model;
              },
              (model, recorder) ->
                  SameSeedModels.fit(
                      model,
                      recorder,
                      SameSeedModels.values(40, 6, 3),
                      List.of(
                          SameSeedModels.values(40, 2),
                          Utils.toCategorical(SameSeedModels.classes(3, 40), 3)),
                      f -> f.batchSize(16))),
          new SameSeedModels(
              "siamese",
              () -> {
                SimpleRNN shared = new SimpleRNN(4).dropout(0.2);
                KerasTensor z = new Input(shape(4)).tensor();
                Model inner =
                    new Model(z, new Dense(4).activation("tanh").call(new Dropout(0.3).call(z)));
                KerasTensor u = new Input(shape(5, 2)).tensor();
                KerasTensor v = new Input(shape(5, 2)).tensor();
                KerasTensor p = inner.call(shared.call(u));
                KerasTensor q = inner.call(shared.call(v));
                KerasTensor less = new Subtract().call(List.of(p, q));
                KerasTensor times = new Multiply().call(List.of(p, q));
                KerasTensor both = new Concatenate().call(List.of(less, times));
                Model model = new Model(List.of(u, v), new Dense(1).call(both));
                model.compile(
                    c -> c.loss("mse").optimizer(new SGD(0.05).momentum(0.9)).metrics("mae"));
                return model;
              },
              (model, recorder) ->
                  SameSeedModels.fit(
                      model,
                      recorder,
                      List.of(SameSeedModels.values(30, 5, 2), SameSeedModels.values(30, 5, 2)),
                      SameSeedModels.values(30, 1),
                      f -> f.batchSize(8))),
          new SameSeedModels(
              "translator",
              () -> {
                KerasTensor heard = new Input(shape(null, 3)).tensor();
                KerasTensor said = new Input(shape(null, 4)).tensor();
                LSTM encoder = new LSTM(5).returnState(true).dropout(0.1);
                List<KerasTensor> states = encoder.callAll(heard).subList(1, 3);
                LSTM decoder = new LSTM(5).returnSequences(true).recurrentDropout(0.2);
                KerasTensor y = decoder.call(said, states);
                LSTMCell low = new LSTMCell(3).dropout(0.1);
                GRUCell high = new GRUCell(4).recurrentDropout(0.2);
                y = new RNN(List.of(low, high)).returnSequences(true).call(y);
                Model model =
                    new Model(List.of(heard, said), new Dense(4).activation("softmax").call(y));
                model.compile(
                    c -> c.loss("categorical_crossentropy").optimizer("rmsprop").metrics("acc"));
                return model;
              },
              (model, recorder) ->
                  SameSeedModels.fit(
                      model,
                      recorder,
                      List.of(SameSeedModels.values(24, 6, 3), SameSeedModels.values(24, 5, 4)),
                      Utils.toCategorical(
                          SameSeedModels.shaped(SameSeedModels.classes(4, 120), 24, 5), 4),
                      f -> f.batchSize(8))));

  private SameSeedGraphs() {}
}
