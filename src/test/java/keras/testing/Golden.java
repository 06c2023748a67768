package keras.testing;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * A golden file under {@code testdata/}, or a part of one: numbers that a script beside the file
 * took from real Keras.
 *
 * <p>Arrays are stored as <code>{"shape": [2, 3], "data": [...]}</code>, row-major; {@code NaN} and
 * {@code Infinity} are written bare, as Python writes them. A key that is not there is an {@link
 * AssertionError} which lists the keys that are.
 *
 * <pre>{@code
 * Golden golden = Golden.load("layers/dense");
 * assertThatArray(dense.call(golden.array("x"))).isCloseTo(golden.array("y"));
 * for (Golden each : golden.all("cases")) { ... }
 * }</pre>
 */
public final class Golden {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final String where;
  private final JsonNode node;

  private Golden(String where, JsonNode node) {
    this.where = where;
    this.node = node;
  }

  /** The file {@code testdata/<name>.json}. */
  public static Golden load(String name) {
    return load(Path.of("testdata"), name);
  }

  /** The file {@code <folder>/<name>.json}, for one that was made a moment ago. */
  public static Golden load(Path folder, String name) {
    Path file = folder.resolve(name + ".json");
    try {
      return new Golden(file.toString(), MAPPER.readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.toAbsolutePath(), e);
    }
  }

  /** The JSON itself, for what the other methods do not cover. */
  public JsonNode json() {
    return node;
  }

  /** Whether there is such a key with a value other than {@code null}. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** The part under {@code key}. */
  public Golden at(String key) {
    JsonNode part = node.get(key);
    if (part == null) {
      throw new AssertionError(where + " has no \"" + key + "\", only " + keys());
    }
    return new Golden(where + "/" + key, part);
  }

  /** The elements of the list under {@code key}. */
  public List<Golden> all(String key) {
    return at(key).all();
  }

  /** The elements of this part itself, a list. */
  public List<Golden> all() {
    List<Golden> elements = new ArrayList<>();
    for (JsonNode element : node) {
      elements.add(new Golden(where + "/" + elements.size(), element));
    }
    return elements;
  }

  /** The keys of this part, in the file's order. */
  public List<String> keys() {
    Iterable<String> names = () -> node.fieldNames();
    return StreamSupport.stream(names.spliterator(), false).toList();
  }

  /** Some of the keys, in order: every sixth, or all with {@code mvn -P golden}. */
  public List<String> sample() {
    int share = Integer.getInteger("golden.share", 6);
    List<String> keys = keys();
    List<String> some = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += share) {
      some.add(keys.get(i));
    }
    return some;
  }

  /** The array under {@code key}. */
  public FloatNdArray array(String key) {
    return NdArrays.wrap(Shape.of(shape(key)), DataBuffers.of(floats(key)));
  }

  /**
   * The arrays of the list under {@code key}, such as a model's weights; null where it has none.
   */
  public List<FloatNdArray> arrays(String key) {
    List<FloatNdArray> arrays = new ArrayList<>();
    for (Golden each : all(key)) {
      JsonNode named = MAPPER.createObjectNode().set("array", each.node);
      arrays.add(each.node.isNull() ? null : new Golden(each.where, named).array("array"));
    }
    return arrays;
  }

  /** The shape of the array under {@code key}. */
  public long[] shape(String key) {
    return at(key).at("shape").longs();
  }

  /** The values of the array, or of the plain list of numbers, under {@code key}. */
  public float[] floats(String key) {
    double[] doubles = doubles(key);
    float[] values = new float[doubles.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) doubles[i];
    }
    return values;
  }

  /** The values of the array, or of the plain list of numbers, under {@code key}. */
  public double[] doubles(String key) {
    return StreamSupport.stream(data(key).node.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  /** The values of the array, or of the plain list of whole numbers, under {@code key}. */
  public int[] ints(String key) {
    long[] longs = longs(key);
    int[] values = new int[longs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(longs[i]);
    }
    return values;
  }

  /** The values of the array, or of the plain list of whole numbers, under {@code key}. */
  public long[] longs(String key) {
    return data(key).longs();
  }

  /** The text under {@code key}. */
  public String text(String key) {
    return at(key).node.asText();
  }

  /** The number under {@code key}. */
  public double number(String key) {
    return at(key).node.asDouble();
  }

  /** The whole number under {@code key}. */
  public long integer(String key) {
    return at(key).node.longValue();
  }

  /** The truth value under {@code key}. */
  public boolean bool(String key) {
    return at(key).node.booleanValue();
  }

  private Golden data(String key) {
    Golden found = at(key);
    return found.node.isObject() ? found.at("data") : found;
  }

  /** This part itself, a list of whole numbers, as values. */
  public long[] longs() {
    return StreamSupport.stream(node.spliterator(), false).mapToLong(JsonNode::longValue).toArray();
  }

  /** Where this part lies: the file and the keys, for the description of a failing test. */
  @Override
  public String toString() {
    return where;
  }
}
