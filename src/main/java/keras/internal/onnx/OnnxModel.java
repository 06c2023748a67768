package keras.internal.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keras.internal.graph.ExportedGraph;
import org.tensorflow.Operand;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** A function of an exported graph as a model of ONNX. */
public final class OnnxModel {

  /** The version of ONNX's operators that is written. */
  public static final int OPSET = 18;

  /** The version of the format that goes with it. */
  private static final int IR = 8;

  /** Stands behind the name of an output that has the name of an input, as a state. */
  private static final String AFTER = "_after";

  private OnnxModel() {}

  /**
   * Converts a function.
   *
   * @param graph has the function
   * @param name the model's name
   * @param inputs its inputs, by name
   * @param outputs its results, by name; what has the name of an input gets another one
   * @return the content of a file
   * @throws IllegalArgumentException if it has something that ONNX cannot say
   */
  public static byte[] of(
      ExportedGraph graph,
      String name,
      Map<String, Operand<?>> inputs,
      Map<String, Operand<TFloat32>> outputs) {
    OnnxGraph onnx = new OnnxGraph(name);
    Map<String, String> given = new HashMap<>();
    inputs.forEach(
        (input, operand) -> {
          onnx.input(onnx.unique(input), operand.asOutput().dataType(), operand.shape());
          given.put(tensor(operand), input);
        });
    List<String> names = new ArrayList<>();
    // No two values of ONNX have one name.
    outputs
        .keySet()
        .forEach(
            output -> names.add(onnx.unique(inputs.containsKey(output) ? output + AFTER : output)));
    List<String> tensors = outputs.values().stream().map(OnnxModel::tensor).toList();
    Conversion conversion = new Conversion(graph, onnx, given);
    conversion.add(tensors);
    List<Operand<TFloat32>> results = List.copyOf(outputs.values());
    for (int i = 0; i < names.size(); i++) {
      onnx.rename(conversion.value(tensors.get(i)), names.get(i));
      onnx.output(names.get(i), DataType.DT_FLOAT, results.get(i).shape());
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR)
        .setProducerName("keras-java")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(onnx.finished())
        .build()
        .toByteArray();
  }

  private static String tensor(Operand<?> operand) {
    return operand.op().name() + ":" + operand.asOutput().index();
  }
}
