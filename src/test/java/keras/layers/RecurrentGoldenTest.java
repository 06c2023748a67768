package keras.layers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keras.testing.Golden;
import keras.testing.LayerCheck;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases of a recurrent layer's golden files; the layers are made from the configurations. A third
 * of them here; profile {@code golden} checks all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecurrentGoldenTest {

  private static final List<String> PARTS =
      List.of("", "_lengths", "_many", "_configurations", "_masks", "_states");

  private final List<String> layers;

  RecurrentGoldenTest(String... layers) {
    this.layers = List.of(layers);
  }

  Stream<Arguments> cases() {
    int share = Integer.getInteger("golden.share", 6);
    List<Arguments> all = allCases().toList();
    return IntStream.range(0, all.size()).filter(i -> i % share == 0).mapToObj(all::get);
  }

  private Stream<Arguments> allCases() {
    return layers.stream()
        .flatMap(
            layer ->
                Stream.concat(
                    PARTS.stream().map(part -> layer + part),
                    Stream.of("time_distributed_" + layer)))
        .flatMap(
            file ->
                Golden.load("layers/" + file).at("cases").keys().stream()
                    .map(name -> Arguments.of(file, name)));
  }

  /**
   * The gradient of the recurrent kernel that Keras gives for a masked LSTM is itself 1.2 times the
   * usual tolerance away from the exact one, computed in 64 bits: its terms nearly cancel.
   */
  private static double tolerance(String file) {
    return file.equals("lstm_masks") ? 2e-5 : 1e-5;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void equalsKeras(String file, String name) {
    Golden golden = Golden.load("layers/" + file).at("cases").at(name);
    String text = golden.text("layer");
    JsonNode config = golden.at("config").json();
    boolean wrapped = config.has("layer");
    Layer<?> inside = recurrent(text, wrapped ? config.get("layer").get("config") : config);
    LayerCheck check =
        LayerCheck.of(wrapped ? new TimeDistributed(inside) : inside).within(tolerance(file));
    boolean drawsForEachTimestep = wrapped && text.contains("seed") && !golden.bool("dynamic");
    (drawsForEachTimestep ? check.fixedTime() : check).golden("layers/" + file, name).run();
  }

  private static Layer<?> recurrent(String text, JsonNode config) {
    int units = config.get("units").intValue();
    if (text.contains("SimpleRNN")) {
      return configured(new SimpleRNN(units), text, config);
    }
    if (text.contains("GRU")) {
      GRU gru = new GRU(units);
      gru.recurrentActivation(config.get("recurrent_activation").textValue());
      gru.resetAfter(config.get("reset_after").booleanValue());
      return configured(gru, text, config);
    }
    LSTM lstm = new LSTM(units);
    lstm.recurrentActivation(config.get("recurrent_activation").textValue());
    lstm.unitForgetBias(config.get("unit_forget_bias").booleanValue());
    return configured(lstm, text, config);
  }

  private static <S extends RecurrentArguments<S>> S configured(
      S layer, String text, JsonNode config) {
    Matcher seed = Pattern.compile("seed=(\\d+)").matcher(text);
    if (seed.find()) {
      layer.seed(Integer.parseInt(seed.group(1)));
    }
    return layer
        .activation(config.get("activation").textValue())
        .useBias(config.get("use_bias").booleanValue())
        .kernelInitializer(className(config, "kernel_initializer"))
        .recurrentInitializer(className(config, "recurrent_initializer"))
        .biasInitializer(className(config, "bias_initializer"))
        .kernelRegularizer(className(config, "kernel_regularizer"))
        .recurrentRegularizer(className(config, "recurrent_regularizer"))
        .biasRegularizer(className(config, "bias_regularizer"))
        .activityRegularizer(className(config, "activity_regularizer"))
        .kernelConstraint(className(config, "kernel_constraint"))
        .recurrentConstraint(className(config, "recurrent_constraint"))
        .biasConstraint(className(config, "bias_constraint"))
        .dropout(config.get("dropout").doubleValue())
        .recurrentDropout(config.get("recurrent_dropout").doubleValue())
        .returnSequences(config.get("return_sequences").booleanValue())
        .returnState(config.get("return_state").booleanValue())
        .goBackwards(config.get("go_backwards").booleanValue())
        .stateful(config.get("stateful").booleanValue())
        .unroll(config.get("unroll").booleanValue())
        .zeroOutputForMask(config.get("zero_output_for_mask").booleanValue())
        .trainable(config.get("trainable").booleanValue());
  }

  private static String className(JsonNode config, String key) {
    return config.get(key).path("class_name").textValue();
  }
}
