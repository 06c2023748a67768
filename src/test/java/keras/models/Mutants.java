package keras.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Files with something wrong in them: the same ones for the same seed. */
final class Mutants {

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Random random;

  /** The change, for a message. */
  private String what = "";

  Mutants(long seed) {
    random = new Random(seed);
  }

  String what() {
    return what;
  }

  /** A mutant of an archive. */
  byte[] ofArchive(byte[] file) throws IOException {
    return switch (random.nextInt(8)) {
      case 0, 1 -> ofBytes(file);
      case 2, 3, 4 -> withConfig(file);
      case 5, 6 -> withWeights(file);
      default -> withEntries(file);
    };
  }

  /** Whether what is changed is a configuration, where there is a choice. */
  boolean picksConfig() {
    return random.nextBoolean();
  }

  /** A mutant of an HDF5 file. */
  byte[] ofHdf5(byte[] file) {
    return random.nextInt(3) == 0 ? ofBytes(file) : withNumbers(file);
  }

  // ---- bytes

  private byte[] ofBytes(byte[] file) {
    byte[] made = file.clone();
    int at = random.nextInt(made.length);
    int length = Math.min(made.length - at, 1 + random.nextInt(200));
    switch (random.nextInt(6)) {
      case 0 -> {
        what = "cut at " + at;
        return Arrays.copyOf(made, at);
      }
      case 1 -> {
        int count = 1 + random.nextInt(8);
        what = count + " bits flipped";
        for (int i = 0; i < count; i++) {
          made[random.nextInt(made.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> {
        what = length + " random bytes at " + at;
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, made, at, length);
      }
      case 3 -> {
        byte filler = (byte) (random.nextBoolean() ? 0 : 0xff);
        what = length + " bytes of " + filler + " at " + at;
        Arrays.fill(made, at, at + length, filler);
      }
      case 4 -> {
        int from = random.nextInt(made.length - length + 1);
        what = length + " bytes swapped, at " + at + " and " + from;
        byte[] kept = Arrays.copyOfRange(made, at, at + length);
        System.arraycopy(made, from, made, at, length);
        System.arraycopy(kept, 0, made, from, length);
      }
      default -> {
        what = length + " bytes put in twice at " + at;
        ByteBuffer longer = ByteBuffer.allocate(made.length + length);
        longer.put(made, 0, at + length).put(made, at, made.length - at);
        return longer.array();
      }
    }
    return made;
  }

  /** Sizes, counts and addresses replaced: huge ones, others of the file, or their own place. */
  private byte[] withNumbers(byte[] file) {
    ByteBuffer made = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int count = 1 + random.nextInt(3);
    what = count + " numbers replaced:";
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(made.capacity() - 8);
      at = random.nextInt(4) == 0 ? at : at & ~7;
      long value =
          switch (random.nextInt(7)) {
            case 0 -> at;
            case 1 -> made.getLong(random.nextInt(made.capacity() / 8 - 1) * 8);
            case 2 -> Long.MAX_VALUE;
            case 3 -> 0xffff_ffffL;
            case 4 -> Integer.MAX_VALUE - random.nextInt(100);
            case 5 -> random.nextInt(made.capacity());
            default -> made.getLong(at) + random.nextInt(17) - 8;
          };
      what += " " + value + " at " + at;
      if (random.nextInt(3) == 0) {
        made.putInt(at, (int) value);
      } else {
        made.putLong(at, value);
      }
    }
    return made.array();
  }

  // ---- archives

  private static Map<String, byte[]> entries(byte[] file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] archive(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private byte[] withWeights(byte[] file) throws IOException {
    Map<String, byte[]> entries = entries(file);
    entries.replace("model.weights.h5", ofHdf5(entries.get("model.weights.h5")));
    what = "weights, " + what;
    return archive(entries);
  }

  private byte[] withConfig(byte[] file) throws IOException {
    Map<String, byte[]> entries = entries(file);
    entries.replace("config.json", config(entries.get("config.json")));
    return archive(entries);
  }

  private byte[] withEntries(byte[] file) throws IOException {
    Map<String, byte[]> entries = entries(file);
    String one = random.nextBoolean() ? "config.json" : "model.weights.h5";
    switch (random.nextInt(6)) {
      case 0 -> {
        what = "without " + one;
        entries.remove(one);
      }
      case 1 -> {
        what = "contents swapped";
        byte[] config = entries.get("config.json");
        entries.put("config.json", entries.get("model.weights.h5"));
        entries.put("model.weights.h5", config);
      }
      case 2 -> {
        what = "a bomb for " + one;
        entries.put(one, new byte[20_000_000 + random.nextInt(10_000_000)]);
      }
      case 3 -> {
        what = "11000 entries";
        for (int i = 0; i < 11_000; i++) {
          entries.put("assets/" + i, new byte[0]);
        }
      }
      case 4 -> {
        what = "empty " + one;
        entries.put(one, new byte[0]);
      }
      default -> {
        what = "names that lead elsewhere";
        entries.put("../../evil", new byte[10]);
        entries.put("/etc/" + one, entries.remove(one));
      }
    }
    return archive(entries);
  }

  // ---- configurations

  /** A mutant of a configuration. */
  byte[] config(byte[] json) throws IOException {
    if (random.nextInt(8) == 0) {
      byte[] made = ofBytes(json);
      what = "config, " + what;
      return made;
    }
    JsonNode tree = JSON.readTree(json);
    what = "config:";
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      List<JsonNode> containers = new ArrayList<>();
      collect(tree, containers);
      change(containers.get(random.nextInt(containers.size())), containers);
    }
    return JSON.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void change(JsonNode container, List<JsonNode> others) {
    int index = random.nextInt(container.size());
    if (container instanceof ArrayNode array) {
      what += " [" + index + "]";
      switch (random.nextInt(4)) {
        case 0 -> array.remove(index);
        case 1 -> array.insert(index, array.get(index).deepCopy());
        default -> array.set(index, value(array.get(index), container, others));
      }
      return;
    }
    ObjectNode object = (ObjectNode) container;
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.get(index);
    what += " " + name;
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name + "_", object.remove(name));
      default -> object.set(name, value(object.get(name), container, others));
    }
  }

  private JsonNode value(JsonNode old, JsonNode container, List<JsonNode> others) {
    if (old.isNumber() && random.nextInt(3) != 0) {
      long[] sizes = {0, -1, 1, 7, 1000, 100_000, Integer.MAX_VALUE, Long.MAX_VALUE};
      return NODES.numberNode(sizes[random.nextInt(sizes.length)]);
    }
    return switch (random.nextInt(14)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.numberNode(1e308);
      case 2 -> NODES.textNode("../../../etc/passwd");
      case 3 -> NODES.textNode("Lambda");
      case 4 -> NODES.textNode("java.lang.Runtime");
      case 5 -> NODES.textNode("x".repeat(100_000));
      case 6 -> NODES.arrayNode();
      case 7 -> NODES.objectNode();
      case 8 -> nested(2 + random.nextInt(600));
      case 9 -> container.deepCopy();
      case 10 -> inItself(container, 2 + random.nextInt(40));
      case 11 -> NODES.booleanNode(random.nextBoolean());
      case 12 -> NODES.textNode("");
      default -> others.get(random.nextInt(others.size())).deepCopy();
    };
  }

  private static JsonNode nested(int depth) {
    JsonNode node = NODES.numberNode(1);
    for (int i = 0; i < depth; i++) {
      node = NODES.arrayNode().add(node);
    }
    return node;
  }

  /** Something that holds itself, that holds itself, and so on. */
  private static JsonNode inItself(JsonNode container, int depth) {
    JsonNode node = NODES.nullNode();
    for (int i = 0; i < depth; i++) {
      JsonNode outer = container.isArray() ? NODES.arrayNode() : container.deepCopy();
      if (outer instanceof ObjectNode object) {
        object.set(object.fieldNames().next(), node);
        if (object.toString().length() > 20_000) {
          return object;
        }
      } else {
        ((ArrayNode) outer).add(node);
      }
      node = outer;
    }
    return node;
  }
}
