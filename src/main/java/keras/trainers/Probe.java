package keras.trainers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import keras.backend.Program;
import keras.backend.ProgramBuilder;
import keras.backend.Shards;
import keras.backend.Tape;
import keras.backend.Threads;
import keras.backend.Value;
import keras.utils.Batch;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.types.TFloat32;

/** Runs a network once and brings back tensors from inside of it. */
public final class Probe {

  private Probe() {}

  /**
   * Runs a network outside of training.
   *
   * @param network whose variables are used; its states move on
   * @param forward adds the network's ops and names the tensors that are wanted
   * @param batch the inputs
   * @return the values of the tensors, in the order in which {@code forward} names them
   * @throws IllegalArgumentException if the inputs do not fit the network
   */
  public static Map<String, FloatNdArray> run(
      Network network, BiFunction<Tape, List<Value>, Map<String, Value>> forward, Batch batch) {
    Batch fitted = Inputs.fitted("layerOutputs", network, batch);
    Inputs.checkBatchSize("layerOutputs", network, fitted.size());
    return network.engine().building(() -> run(network, forward, fitted.inputs()));
  }

  private static Map<String, FloatNdArray> run(
      Network network,
      BiFunction<Tape, List<Value>, Map<String, Value>> forward,
      List<FloatNdArray> fed) {
    ProgramBuilder program = network.engine().program();
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    fed.forEach(input -> inputs.add(program.input(input.shape())));
    Shards shards = new Shards(program, inputs.get(0), 1);
    Tape tape = new Tape(program, shards, 0, false);
    Map<String, Value> wanted = forward.apply(tape, inputs.stream().map(Value::new).toList());
    shards.assignStates();
    wanted.values().forEach(value -> program.output(value.tensor()));
    Program built = program.build(Threads.CALLER);
    List<FloatNdArray> values = built.run(fed.toArray(FloatNdArray[]::new));
    Map<String, FloatNdArray> named = new LinkedHashMap<>();
    wanted.keySet().forEach(name -> named.put(name, values.get(named.size())));
    return named;
  }
}
