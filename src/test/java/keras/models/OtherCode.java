package keras.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.utils.FloatArrays;
import keras.utils.Utils;
import org.tensorflow.EagerSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** A program with TensorFlow code of its own beside models. See {@link OtherCodeTest}. */
final class OtherCode {

  private static final int SIZE = 64;

  private OtherCode() {}

  /** Multiplies matrices in a session with settings of its own. */
  private static final class Products implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session;
    private final Operand<TFloat32> product;

    Products() {
      ConfigProto settings =
          ConfigProto.newBuilder()
              .setIntraOpParallelismThreads(2)
              .setInterOpParallelismThreads(2)
              .build();
      session = new Session(graph, settings);
      Ops tf = Ops.create(graph);
      Operand<TFloat32> ones =
          tf.fill(tf.array(SIZE, SIZE), tf.dtypes.cast(tf.constant(1), TFloat32.class));
      product = tf.linalg.matMul(ones, ones);
    }

    String first() {
      try (Result result = session.runner().fetch(product).run()) {
        return "product " + ((TFloat32) result.get(0)).getFloat(SIZE - 1, SIZE - 1);
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static String eager() {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      return "eager " + tf.math.add(tf.constant(2f), tf.constant(3f)).asTensor().getFloat();
    }
  }

  private static String trained() {
    Utils.setRandomSeed(3);
    try (Sequential model =
        new Sequential(new Input(Input.shape(4, 2)), new LSTM(3), new Dense(1))) {
      model.compile(o -> o.loss("mse").optimizer("adam"));
      float[][][] x = new float[8][4][2];
      float[][] y = new float[8][1];
      for (int i = 0; i < x.length; i++) {
        Arrays.fill(x[i][3], i);
        y[i][0] = i;
      }
      model.fit(x, y, o -> o.epochs(3).batchSize(4).verbose(0).shuffle(false));
      return "weights " + Arrays.toString(FloatArrays.values(model.getWeights().get(0)));
    }
  }

  /**
   * Computes with TensorFlow and trains a model.
   *
   * @param args which comes first: {@code other}, {@code model}, or {@code both} at the same time
   */
  public static void main(String[] args) throws InterruptedException {
    List<String> said = new ArrayList<>();
    if (args[0].equals("model")) {
      said.add(trained());
    }
    try (Products products = new Products()) {
      if (args[0].equals("both")) {
        Thread beside =
            new Thread(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    products.first();
                    eager();
                  }
                });
        beside.start();
        said.add(trained());
        beside.interrupt();
        beside.join();
      }
      said.add(eager());
      said.add(products.first());
      if (args[0].equals("other")) {
        said.add(trained());
      }
      said.add(products.first());
    }
    said.stream().sorted().distinct().forEach(System.out::println);
  }
}
