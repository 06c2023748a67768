package keras.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keras.backend.Variable;
import keras.backend.VariableAccess;
import keras.internal.disk.AtomicFile;
import keras.internal.graph.Building;
import keras.internal.graph.Casts;
import keras.internal.graph.ExportedGraph;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.SavedModelWriter;
import keras.internal.graph.StepStates;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.internal.messages.Libraries;
import keras.internal.onnx.OnnxModel;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Writes a model as a SavedModel or for ONNX: the whole of {@code model.export}. */
final class Export {

  private static final String WHOLE = "serving_default";
  private static final String STEP = "step";

  private final Model model;
  private final LayerGraph graph;
  private final ExportOptions options;

  Export(Model model, ExportOptions options) {
    this.model = model;
    this.graph = model.graph();
    this.options = options;
  }

  Exported to(Path folder) {
    if (model.network().entries().readsData()) {
      throw Errors.in(model + ".export", "a layer of the model works in Java, not in TensorFlow.")
          .expected("a model all of whose layers TensorFlow computes")
          .got("TextVectorization, StringLookup, Hashing or the like behind an Input")
          .fix(
              "export new Model(layer.output(), outputs), and give it what layer.apply(data) gives")
          .argument();
    }
    Optional<StreamingCheck.Hindrance> hindrance =
        Boolean.FALSE.equals(options.step()) ? Optional.empty() : StreamingCheck.hindrance(model);
    if (hindrance.isPresent() && Boolean.TRUE.equals(options.step())) {
      throw Errors.in(
              hindrance.get().layer().toString(),
              "the model cannot be given one timestep at a time.")
          .expected("recurrent layers, and others that treat each timestep on its own")
          .got(hindrance.get().why())
          .fix("leave step(true) out: export then writes serving_default alone")
          .argument();
    }
    boolean steps =
        hindrance.isEmpty()
            && (options.isOnnx()
                ? Boolean.TRUE.equals(options.step())
                : !Boolean.FALSE.equals(options.step()));
    return options.isOnnx() ? toOnnx(folder, steps) : toSavedModel(folder, steps, hindrance);
  }

  private Exported toSavedModel(
      Path folder, boolean steps, Optional<StreamingCheck.Hindrance> hindrance) {
    SavedModelFolder place = new SavedModelFolder(folder);
    place.checkFree();
    try (ExportedGraph graph = new ExportedGraph(owners())) {
      SavedModelWriter writer = new SavedModelWriter(graph);
      List<Function> functions = describe(steps, graph::function);
      List<String> signatures = new ArrayList<>(List.of(WHOLE, "serve"));
      Function whole = functions.get(0);
      signatures.forEach(name -> writer.sign(name, whole.inputs(), whole.outputs()));
      if (steps) {
        writer.sign(STEP, functions.get(1).inputs(), functions.get(1).outputs());
        signatures.add(STEP);
      }
      place.replace(writer::write);
      return new Exported(
          folder,
          List.copyOf(signatures),
          functions.get(functions.size() - 1).states(),
          hindrance.map(found -> found.layer() + ": " + found.why()));
    } catch (IOException e) {
      throw new UncheckedIOException(model + ".export: cannot write " + folder + ": " + e, e);
    }
  }

  private Exported toOnnx(Path file, boolean steps) {
    Libraries.check(model + ".export", "ai.onnx.proto.OnnxMl", "org.tribuo:tribuo-util-onnx:4.3.2");
    List<byte[]> contents = new ArrayList<>();
    List<Function> functions;
    try (ExportedGraph graph = new ExportedGraph(owners())) {
      functions = describe(steps, graph::functionForOnnx);
      for (Function function : functions) {
        contents.add(OnnxModel.of(graph, model.name(), function.inputs(), function.outputs()));
      }
    }
    AtomicFile.write(file, path -> Files.write(path, contents.get(0)));
    if (steps) {
      AtomicFile.write(stepsBeside(file), path -> Files.write(path, contents.get(1)));
    }
    return new Exported(
        file,
        steps ? List.of(WHOLE, STEP) : List.of(WHOLE),
        functions.get(functions.size() - 1).states(),
        Optional.empty());
  }

  /** Returns {@code model.step.onnx} for {@code model.onnx}. */
  private static Path stepsBeside(Path file) {
    String name = file.getFileName().toString();
    int end = name.endsWith(".onnx") ? name.length() - ".onnx".length() : name.length();
    return file.resolveSibling(name.substring(0, end) + ".step" + name.substring(end));
  }

  /**
   * A function of the model, by the names of its inputs and outputs.
   *
   * @param states the names of the states that it takes and gives
   */
  private record Function(
      Map<String, Operand<?>> inputs,
      Map<String, Operand<TFloat32>> outputs,
      List<String> states) {}

  /** Describes the model, and one timestep of it, while nothing changes its weights. */
  private List<Function> describe(
      boolean steps, java.util.function.Function<String, ProgramBuilder> start) {
    return Building.alone(
        () ->
            VariableAccess.unchanged(
                model.weights(),
                () -> {
                  List<Function> functions = new ArrayList<>();
                  functions.add(whole(start.apply(WHOLE)));
                  if (steps) {
                    functions.add(step(start.apply(STEP)));
                  }
                  return functions;
                }));
  }

  /** Returns the layer of each weight. */
  private Map<Variable, String> owners() {
    Map<Variable, String> owners = new LinkedHashMap<>();
    for (Layer<?> layer : model.layers()) {
      layer.weights().forEach(weight -> owners.put(weight, layer.name()));
    }
    return owners;
  }

  /** Returns the function from whole sequences, or whatever a sample is. */
  private Function whole(ProgramBuilder program) {
    Map<String, Operand<?>> inputs = new LinkedHashMap<>();
    List<Operand<TFloat32>> given = new ArrayList<>();
    for (KerasTensor input : graph.inputs()) {
      String name = inputName(input, inputs);
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE).append(input.shape().tail());
      Operand<?> fed = program.input(name, shape, Entries.type(input).tensor());
      inputs.put(name, fed);
      given.add(Casts.toFloats(program.tf(), fed));
    }
    Tape tape = Tape.ofExport(program, given.get(0), null);
    List<MaskedTensor> outputs =
        LayerAccess.forward(model, tape, given.stream().map(MaskedTensor::new).toList());
    Map<String, Operand<TFloat32>> named = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputName(i);
      named.put(name, program.tf().withName(name).identity(outputs.get(i).tensor()));
    }
    return new Function(inputs, named, List.of());
  }

  /** Returns the function from one timestep and the states before it. */
  private Function step(ProgramBuilder program) {
    Map<String, Operand<?>> inputs = new LinkedHashMap<>();
    List<MaskedTensor> timesteps = new ArrayList<>();
    Map<KerasTensor, String> handed = new LinkedHashMap<>();
    for (KerasTensor input : graph.inputs()) {
      String name = inputName(input, inputs);
      Shape features = input.shape().tail();
      boolean sequence = StreamingCheck.isSequence(input);
      Shape sample = sequence ? features.tail() : features;
      Operand<? extends TType> given =
          program.input(
              name, Shape.of(Shape.UNKNOWN_SIZE).append(sample), Entries.type(input).tensor());
      inputs.put(name, given);
      KerasTensor after = StreamingCheck.handedStates(model).get(input);
      if (after != null) {
        handed.put(after, name);
      }
      timesteps.add(
          new MaskedTensor(
              Casts.toFloats(
                  program.tf(),
                  sequence ? program.tf().expandDims(given, program.tf().constant(1)) : given)));
    }
    Set<String> taken = new HashSet<>(inputs.keySet());
    for (int i = 0; i < graph.outputs().size(); i++) {
      taken.add(outputName(i));
    }
    StepStates stream = new StepStates(program, taken);
    Tape tape = Tape.ofExport(program, timesteps.get(0).tensor(), stream);
    List<MaskedTensor> outputs = LayerAccess.forward(model, tape, timesteps);
    List<Boolean> timed = StreamingCheck.timedOutputs(model);
    Map<String, Operand<TFloat32>> named = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      Operand<TFloat32> output = outputs.get(i).tensor();
      String name = handed.getOrDefault(graph.outputs().get(i), outputName(i));
      named.put(
          name,
          timed.get(i)
              ? program.tf().withName(name).squeeze(output, Squeeze.axis(List.of(1L)))
              : program.tf().withName(name).identity(output));
    }
    for (StepStates.State state : stream.states()) {
      inputs.put(state.name(), state.before());
      named.put(state.name(), state.after());
    }
    List<String> states = new ArrayList<>(handed.values());
    stream.states().forEach(state -> states.add(state.name()));
    return new Function(inputs, named, List.copyOf(states));
  }

  /** Returns the name of an output: the key of a map, else its number. */
  private String outputName(int output) {
    return model.namesOutputs() ? model.outputNames().get(output) : "output_" + output;
  }

  /** Keras calls the tensor of an input without a name of its own {@code keras_tensor}. */
  private static String inputName(KerasTensor input, Map<String, ?> others) {
    String given = input.node().layer().name();
    return StepStates.identifier(
        given.matches("input_layer(_\\d+)?") ? "keras_tensor" : given, others.keySet());
  }
}
