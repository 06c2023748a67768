package keras.models;

import java.util.List;
import java.util.Map;
import keras.internal.messages.Errors;

/** The arguments of {@code model.export}. */
public final class ExportOptions {

  private static final List<String> FORMATS = List.of("tf_saved_model", "onnx");

  /** Formats that Keras writes in Python alone, by the names that people use. */
  private static final Map<String, String> IN_PYTHON =
      Map.of("litert", "litert", "tflite", "litert", "openvino", "openvino", "torch", "torch");

  private Boolean step;
  private String format = "tf_saved_model";

  ExportOptions() {}

  /**
   * Sets what is written. Keras: {@code format}.
   *
   * <p>{@code "tf_saved_model"} is a folder, for TensorFlow, and the default. {@code "onnx"} is a
   * file of ONNX's operators of version 18, for ONNX Runtime and others; it needs {@code
   * org.tribuo:tribuo-util-onnx} on the class path.
   *
   * @param value the format
   * @return these options
   * @throws IllegalArgumentException for those that Keras makes with the help of Python alone
   */
  public ExportOptions format(String value) {
    if (value == null || !FORMATS.contains(value)) {
      String python = value == null ? null : IN_PYTHON.get(value);
      throw Errors.in("export", "this format cannot be written.")
          .expected(String.join(" or ", FORMATS))
          .got(value)
          .fix(
              python == null
                  ? "format(\"onnx\"), or leave it out for a SavedModel"
                  : "save the model, and in Python: keras.saving.load_model(path).export(target,"
                      + " format=\""
                      + python
                      + "\")")
          .argument();
    }
    format = value;
    return this;
  }

  /**
   * Sets whether to write a signature {@code step}, which takes one timestep and the states before
   * it.
   *
   * <p>An ONNX file has one function: {@code step} is written only if it is asked for, to a second
   * file, {@code model.step.onnx} beside {@code model.onnx}. There the states after the timestep
   * are called {@code lstm_h_after}, as ONNX gives no two values one name.
   *
   * @param value true to fail if the model cannot have one, false to leave it out; by default it is
   *     written if the model has recurrent layers and none that needs several timesteps at once
   * @return these options
   */
  public ExportOptions step(boolean value) {
    step = value;
    return this;
  }

  boolean isOnnx() {
    return format.equals("onnx");
  }

  /** Null for "where it makes sense". */
  Boolean step() {
    return step;
  }
}
