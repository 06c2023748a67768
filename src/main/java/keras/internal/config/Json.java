package keras.internal.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Map;
import keras.internal.messages.Errors;
import keras.internal.text.PythonFormat;

/** JSON as Python's {@code json} reads and writes it, in which Keras keeps its configurations. */
public final class Json {

  /** Configurations nest a few levels for each object within an object. */
  private static final int DEEPEST = 400;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(1 << 20)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new AsPython<>(Double.class))
                  .addSerializer(Float.class, new AsPython<>(Float.class)))
          .defaultPrettyPrinter(new Spaced())
          .enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Returns a text as an object of JSON.
   *
   * @param place the beginning of messages, as {@code "m.keras, config.json"}
   * @param text the JSON
   * @return maps, lists, texts, numbers, truth values and nulls
   * @throws IllegalArgumentException if it is no JSON, no object, or nested too deep
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> read(String place, String text) {
    try {
      if (MAPPER.readValue(text, Object.class) instanceof Map<?, ?> map) {
        return (Map<String, Object>) map;
      }
    } catch (JsonProcessingException wrong) {
      String where =
          wrong.getLocation() == null
              ? ""
              : " at line "
                  + wrong.getLocation().getLineNr()
                  + ", column "
                  + wrong.getLocation().getColumnNr();
      throw refused(place, wrong.getOriginalMessage() + where);
    }
    throw refused(place, "JSON, but no object");
  }

  private static IllegalArgumentException refused(String place, String got) {
    return Errors.in(place, "this is no configuration.")
        .expected("an object in JSON, as model.to_json() gives")
        .got(got)
        .fix("write the file anew")
        .argument();
  }

  /**
   * Returns an object as Python's {@code json.dumps} writes it.
   *
   * @param object maps, lists, texts, numbers, truth values and nulls
   * @return one line
   */
  public static String write(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("Not to be written as JSON: " + object, impossible);
    }
  }

  /** A space after commas and colons, all on one line. */
  private static final class Spaced extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1;

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator to) throws IOException {
      to.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator to) throws IOException {
      to.writeRaw(", ");
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator to) throws IOException {
      to.writeRaw(", ");
    }
  }

  /** Numbers with the digits that Python writes. */
  private static final class AsPython<T extends Number> extends StdSerializer<T> {
    private static final long serialVersionUID = 1;

    AsPython(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator to, SerializerProvider unused) throws IOException {
      double number = value.doubleValue();
      String special = number > 0 ? "Infinity" : number < 0 ? "-Infinity" : "NaN";
      to.writeNumber(Double.isFinite(number) ? PythonFormat.repr(number) : special);
    }
  }
}
