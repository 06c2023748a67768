package keras.internal.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import keras.backend.Variable;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import keras.internal.weights.Vocabulary;
import keras.internal.weights.WeightGroup;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.Shape;

/**
 * Weights as Keras 3 keeps them in HDF5: at {@code layers/<class>_<n>/vars/<i>} and the like, and
 * an optimizer's variables at {@code optimizer/vars/<i>}. A group {@code vars} has the layer's name
 * as an attribute.
 */
public final class WeightsFile {

  private static final String OPTIMIZER = "optimizer";

  private static final String IDF_WEIGHTS = "/idf_weights";

  private WeightsFile() {}

  /**
   * Puts weights into a file.
   *
   * @param model the model's weights
   * @param optimizer the optimizer's name and variables, or null
   * @return the file, to be written
   */
  public static Hdf5Writer written(WeightGroup model, WeightGroup optimizer) {
    Hdf5Writer file = new Hdf5Writer();
    write(file, "", model);
    if (optimizer != null) {
      write(file, OPTIMIZER, optimizer);
    }
    return file;
  }

  private static void write(Hdf5Writer file, String place, WeightGroup group) {
    String vars = joined(place, "vars");
    file.attribute(vars, "name", group.name());
    for (int i = 0; i < group.weights().size(); i++) {
      file.put(vars + "/" + i, group.weights().get(i));
    }
    Vocabulary vocabulary = group.vocabulary();
    if (vocabulary != null && vocabulary.weights() != null && group.parts().isEmpty()) {
      float[] weights = vocabulary.weights();
      file.put(
          vars + IDF_WEIGHTS, Variable.of("idf_weights", Shape.of(weights.length), weights, false));
    }
    group.parts().forEach((name, part) -> write(file, joined(place, name), part));
  }

  /**
   * Returns the vocabularies that a file has beside the weights.
   *
   * @param model the model's weights
   * @return lines by the places of layers
   */
  public static Map<String, List<String>> vocabularies(WeightGroup model) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    visit("", model, (place, vocabulary) -> found.put(place, vocabulary.lines()));
    found.values().removeIf(Objects::isNull);
    return found;
  }

  /**
   * Gives the layers of a model their vocabularies, and the weights of the tokens.
   *
   * @param file the weights
   * @param model the model's weights
   * @param lines the lines of a vocabulary, or null, by its place
   */
  public static void loadVocabularies(
      Hdf5File file, WeightGroup model, Function<String, List<String>> lines) {
    visit(
        "",
        model,
        (place, vocabulary) -> {
          String idf = joined(place, "vars") + IDF_WEIGHTS;
          float[] weights = null;
          if (file.names(joined(place, "vars")).contains("idf_weights")) {
            weights = FloatArrays.values(file.floats(idf));
          }
          vocabulary.read(lines.apply(place), weights);
        });
  }

  private static void visit(String place, WeightGroup group, BiConsumer<String, Vocabulary> use) {
    if (group.vocabulary() != null) {
      use.accept(place, group.vocabulary());
    }
    group.parts().forEach((name, part) -> visit(joined(place, name), part, use));
  }

  /**
   * Gives a model the weights of a file. What the file has besides is left alone, as Keras does.
   *
   * @param file the file
   * @param model the model's weights
   * @param optimizer the optimizer's variables, or null. If the file has another number of them,
   *     they stay as they are, and a warning is logged
   * @param skipMismatch whether a layer that does not fit is left as it is
   * @throws IllegalArgumentException if something does not fit; nothing is changed then
   */
  public static void load(
      Hdf5File file, WeightGroup model, WeightGroup optimizer, boolean skipMismatch) {
    if (!file.hasGroup("layers") && !file.hasGroup("vars") && file.hasGroup("model_weights")) {
      throw file.wrong(
          "",
          "this is a model in the legacy format of Keras 2.",
          "groups named layers/..., as Keras 3 writes weights",
          file.names(""));
    }
    Assignment assignment = new Assignment(file.where(), skipMismatch);
    collect(file, "", model, assignment);
    if (optimizer != null) {
      collectOptimizer(file, optimizer, assignment);
    }
    assignment.apply();
  }

  private static void collect(
      Hdf5File file, String place, WeightGroup group, Assignment assignment) {
    String vars = joined(place, "vars");
    List<String> places = arrays(file, vars);
    if (places.size() == group.weights().size()) {
      assignment.layer(group.owner(), group.weights(), file, places);
    } else {
      assignment.mismatch(
          group.owner(),
          "all weights",
          count(group.weights()),
          places.isEmpty() ? "none at " + vars : places.size() + " at " + vars);
    }
    for (Map.Entry<String, WeightGroup> part : group.parts().entrySet()) {
      // Keras 2 has the products of MultiHeadAttention under names of their own.
      String own = joined(place, "_" + part.getKey());
      boolean older = !part.getKey().startsWith("layers/") && file.hasGroup(own);
      collect(file, older ? own : joined(place, part.getKey()), part.getValue(), assignment);
    }
  }

  private static String count(List<Variable> weights) {
    return weights.isEmpty()
        ? "none"
        : weights.size()
            + " ("
            + String.join(
                ", ",
                weights.stream()
                    .map(weight -> weight.name() + " " + Errors.shape(weight.shape().asArray()))
                    .toList())
            + ")";
  }

  private static void collectOptimizer(
      Hdf5File file, WeightGroup optimizer, Assignment assignment) {
    if (!file.hasGroup(OPTIMIZER)) {
      return;
    }
    List<String> places = arrays(file, OPTIMIZER + "/vars");
    if (places.size() != optimizer.weights().size()) {
      Warnings.warn(
          WeightsFile.class,
          "{}: the optimizer {} has {} variables, that of the file {}; it stays as it is.",
          file.where(),
          optimizer.name(),
          optimizer.weights().size(),
          places.size());
      return;
    }
    assignment.layer(optimizer.owner(), optimizer.weights(), file, places);
  }

  /**
   * Tells whether a file has more than an optimizer has before it was trained with.
   *
   * @param file the file
   * @return false if there is at most the number of steps, and the learning rate
   */
  public static boolean hasOptimizer(Hdf5File file) {
    return optimizerVariables(file) > 2;
  }

  /**
   * How many variables of an optimizer a file has.
   *
   * @param file the file
   * @return 0 if the model was not compiled
   */
  public static int optimizerVariables(Hdf5File file) {
    return file.names(OPTIMIZER + "/vars").size();
  }

  /** Returns the numbered arrays of a group. */
  private static List<String> arrays(Hdf5File file, String vars) {
    List<String> names = new ArrayList<>(file.names(vars));
    names.remove("idf_weights");
    List<String> places = new ArrayList<>();
    IntStream.range(0, names.size()).forEach(i -> places.add(vars + "/" + i));
    return places;
  }

  private static String joined(String place, String name) {
    return place.isEmpty() ? name : place + "/" + name;
  }
}
