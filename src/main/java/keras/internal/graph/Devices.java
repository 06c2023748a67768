package keras.internal.graph;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteBuffer;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GetRegisteredKernelsForOp;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;

/**
 * Which processors TensorFlow sees on this machine. TensorFlow-Java's public classes do not tell,
 * so this asks TensorFlow's C interface. What is made inside of a scope is freed with it.
 */
@SuppressWarnings("try")
final class Devices {

  private Devices() {}

  /** Looked up when it is first asked for, once per process. */
  private static final class Found {
    // Natives without kernels for GPUs need no session to be opened, which would take time.
    static final boolean GPU = hasKernels("CudnnRNNV3") && types().contains("GPU");
  }

  /**
   * Tells whether TensorFlow sees a GPU that it has cuDNN's kernels for. Keras: {@code
   * tf.config.list_logical_devices("GPU")} is not empty.
   */
  static boolean haveGpu() {
    return Found.GPU;
  }

  /** Whether the natives at hand can run an op, on whatever processor. */
  static boolean hasKernels(String op) {
    load();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Buffer kernels = TF_GetRegisteredKernelsForOp(op, status);
      status.throwExceptionIfNotOK();
      // A list as a protocol buffer; one without elements takes no bytes.
      boolean any = kernels.length() > 0;
      TF_DeleteBuffer(kernels);
      return any;
    }
  }

  /** Returns the kinds of all processors that a session sees, as "CPU" or "GPU". */
  static List<String> types() {
    load();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      // TensorFlow keeps the settings of the first session in a process.
      BytePointer settings = new BytePointer(Engine.configuration().toByteArray());
      TF_SetConfig(options, settings, settings.capacity(), status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList devices = TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      List<String> types = new ArrayList<>();
      for (int i = 0; i < TF_DeviceListCount(devices); i++) {
        types.add(TF_DeviceListType(devices, i, status).getString());
        status.throwExceptionIfNotOK();
      }
      TF_DeleteDeviceList(devices);
      return types;
    }
  }

  /** The first use of the class loads the natives. */
  private static void load() {
    TensorFlow.version();
  }
}
