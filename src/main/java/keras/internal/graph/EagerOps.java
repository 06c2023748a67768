package keras.internal.graph;

import java.util.function.Function;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * Runs a few ops at once and brings their result back to Java: what initializers need before there
 * is a model.
 */
public final class EagerOps {

  private EagerOps() {}

  /**
   * Runs ops and copies their result.
   *
   * @param ops adds the ops and gives the one that is wanted
   * @return the result, row by row
   */
  public static float[] run(Function<Ops, Operand<TFloat32>> ops) {
    ConfigProto configuration = Engine.configuration();
    try (EagerSession session = EagerSession.options().config(configuration).build()) {
      TFloat32 result = ops.apply(Ops.create(session)).asTensor();
      float[] values = new float[(int) result.size()];
      result.copyTo(DataBuffers.of(values));
      return values;
    }
  }
}
