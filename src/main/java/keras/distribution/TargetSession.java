package keras.distribution;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_AddInput;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_AddInputList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_AllocateTensor;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CloseSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteBuffer;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteSessionOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteTensor;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_Dim;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_FLOAT;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_FinishOperation;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GetCode;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_Message;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewBufferFromString;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewOperation;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewSessionOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OK;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionRun;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetAttrFloat;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetAttrInt;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetAttrIntList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetAttrShape;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetAttrString;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetAttrType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetAttrTypeList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetDevice;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetTarget;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TensorData;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_OperationDescription;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;

/**
 * A graph and a session that runs it on a TensorFlow server. It is made with TensorFlow's C API, as
 * {@code org.tensorflow.Session} cannot be told where to run.
 *
 * <p>Runs are for one thread at a time; {@link #cancel} is for any.
 */
final class TargetSession implements AutoCloseable {

  private static final int FLOAT_BYTES = 4;

  private final TF_Graph graph = TF_NewGraph();
  private final TF_Session session;
  private final String device;
  private final TF_Buffer options;
  private final List<Fed> all = new ArrayList<>();
  private boolean closed;

  /**
   * @param address host and port of the server
   * @param device where ops are put
   * @param limit how long a run may take; null for any time
   */
  TargetSession(String address, ConfigProto config, String device, Duration limit) {
    this.device = device;
    this.options = limit == null ? null : limitedTo(limit);
    TF_SessionOptions wanted = TF_NewSessionOptions();
    byte[] settings = config.toByteArray();
    try (BytePointer bytes = new BytePointer(settings)) {
      TF_SetTarget(wanted, "grpc://" + address);
      TF_Session[] made = new TF_Session[1];
      checked(status -> TF_SetConfig(wanted, bytes, settings.length, status));
      checked(status -> made[0] = TF_NewSession(graph, wanted, status));
      session = made[0];
    } finally {
      TF_DeleteSessionOptions(wanted);
    }
  }

  private static TF_Buffer limitedTo(Duration limit) {
    byte[] run = RunOptions.newBuilder().setTimeoutInMs(limit.toMillis()).build().toByteArray();
    try (BytePointer bytes = new BytePointer(run)) {
      return TF_NewBufferFromString(bytes, run.length);
    }
  }

  /** An op of the graph. */
  record Node(TF_Operation op) {}

  /** A placeholder, and the tensor that goes there, kept from run to run. */
  record Fed(Node node, TF_Tensor tensor, int length) {

    /** Sets the numbers of the next run. */
    void set(float[] values, int from, int count) {
      new FloatPointer(TF_TensorData(tensor)).put(values, from, count);
    }
  }

  /** Adds a vector that runs are fed with. */
  Fed input(String name, int length) {
    Node node = new OpBuilder("Placeholder", name).type("dtype").shape("shape", length).build();
    Fed fed =
        new Fed(
            node,
            TF_AllocateTensor(TF_FLOAT, new long[] {length}, 1, (long) length * FLOAT_BYTES),
            length);
    all.add(fed);
    return fed;
  }

  OpBuilder op(String type, String name) {
    return new OpBuilder(type, name);
  }

  /** Describes an op; attributes that hold a type are of floats. */
  final class OpBuilder {
    private final TF_OperationDescription description;

    private OpBuilder(String type, String name) {
      description = TF_NewOperation(graph, type, name);
      TF_SetDevice(description, device);
    }

    OpBuilder input(Node node) {
      try (TF_Output from = new TF_Output()) {
        TF_AddInput(description, from.oper(node.op()).index(0));
      }
      return this;
    }

    /** Adds one input that the op takes as a list. */
    OpBuilder inputs(Node node) {
      try (TF_Output from = new TF_Output()) {
        TF_AddInputList(description, from.oper(node.op()).index(0), 1);
      }
      return this;
    }

    OpBuilder type(String name) {
      TF_SetAttrType(description, name, TF_FLOAT);
      return this;
    }

    OpBuilder types(String name) {
      TF_SetAttrTypeList(description, name, new int[] {TF_FLOAT}, 1);
      return this;
    }

    OpBuilder shape(String name, long size) {
      TF_SetAttrShape(description, name, new long[] {size}, 1);
      return this;
    }

    OpBuilder number(String name, long value) {
      TF_SetAttrInt(description, name, value);
      return this;
    }

    OpBuilder numbers(String name, long... values) {
      TF_SetAttrIntList(description, name, values, values.length);
      return this;
    }

    OpBuilder real(String name, float value) {
      TF_SetAttrFloat(description, name, value);
      return this;
    }

    OpBuilder text(String name, String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      try (BytePointer pointer = new BytePointer(bytes)) {
        TF_SetAttrString(description, name, pointer, bytes.length);
      }
      return this;
    }

    Node build() {
      TF_Operation[] made = new TF_Operation[1];
      checked(status -> made[0] = TF_FinishOperation(description, status));
      return new Node(made[0]);
    }
  }

  /** Takes what a run has fetched, in order; the pointer is good during the call alone. */
  interface Taker {
    void take(int index, FloatPointer values, int length);
  }

  /** Runs the graph once. */
  void run(List<Fed> inputs, List<Node> outputs, List<Node> targets, Taker taker) {
    try (TF_Output feeds = new TF_Output(Math.max(1, inputs.size()));
        TF_Output fetches = new TF_Output(Math.max(1, outputs.size()));
        PointerPointer<TF_Tensor> fed = new PointerPointer<>(Math.max(1, inputs.size()));
        PointerPointer<TF_Tensor> fetched = new PointerPointer<>(Math.max(1, outputs.size()));
        PointerPointer<Pointer> ops = new PointerPointer<>(Math.max(1, targets.size()))) {
      for (int i = 0; i < inputs.size(); i++) {
        feeds.position(i).oper(inputs.get(i).node().op()).index(0);
        fed.put(i, inputs.get(i).tensor());
      }
      for (int i = 0; i < outputs.size(); i++) {
        fetches.position(i).oper(outputs.get(i).op()).index(0);
      }
      for (int i = 0; i < targets.size(); i++) {
        ops.put(i, targets.get(i).op());
      }
      feeds.position(0);
      fetches.position(0);
      checked(
          status ->
              TF_SessionRun(
                  session,
                  options,
                  feeds,
                  fed,
                  inputs.size(),
                  fetches,
                  fetched,
                  outputs.size(),
                  ops,
                  targets.size(),
                  null,
                  status));
      for (int i = 0; i < outputs.size(); i++) {
        TF_Tensor tensor = new TF_Tensor(fetched.get(i));
        try {
          taker.take(i, new FloatPointer(TF_TensorData(tensor)), (int) TF_Dim(tensor, 0));
        } finally {
          TF_DeleteTensor(tensor);
        }
      }
    }
  }

  private static void checked(Consumer<TF_Status> call) {
    TF_Status status = TF_NewStatus();
    try {
      call.accept(status);
      if (TF_GetCode(status) != TF_OK) {
        throw new NativeFailure(TF_GetCode(status), TF_Message(status).getString());
      }
    } finally {
      TF_DeleteStatus(status);
    }
  }

  /** Makes a run that goes on in another thread fail, and each later one. */
  synchronized void cancel() {
    if (!closed) {
      TF_Status status = TF_NewStatus();
      TF_CloseSession(session, status);
      TF_DeleteStatus(status);
    }
  }

  /** Frees everything; no run may be going on. */
  @Override
  public synchronized void close() {
    if (!closed) {
      cancel();
      closed = true;
      TF_Status status = TF_NewStatus();
      TF_DeleteSession(session, status);
      TF_DeleteStatus(status);
      all.forEach(each -> TF_DeleteTensor(each.tensor()));
      TF_DeleteGraph(graph);
      if (options != null) {
        TF_DeleteBuffer(options);
      }
    }
  }
}
