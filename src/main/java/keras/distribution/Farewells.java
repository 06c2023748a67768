package keras.distribution;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import keras.distribution.TargetSession.Fed;
import keras.distribution.TargetSession.Node;
import keras.distribution.TargetSession.OpBuilder;
import org.tensorflow.proto.ConfigProto;

/**
 * A queue of a worker's TensorFlow server, to which others say that they give up, and why. A sum
 * tells of nobody who stays away; this does.
 */
final class Farewells {

  private static final String QUEUE = "farewells";

  private Farewells() {}

  /** Waits for farewells in a thread of its own, until this worker says one to itself. */
  static final class Listener implements AutoCloseable {
    private final TargetSession session;
    private final Thread thread;

    Listener(String address, ConfigProto config, String device, Consumer<String> hears) {
      session = new TargetSession(address, config, device, null);
      Node taken =
          session
              .op("QueueDequeueV2", "taken")
              .input(queue(session))
              .types("component_types")
              .build();
      thread = new Thread(() -> listen(taken, hears), "keras-farewells");
      thread.setDaemon(true);
      thread.start();
    }

    private void listen(Node taken, Consumer<String> hears) {
      try {
        String[] heard = new String[1];
        session.run(
            List.of(),
            List.of(taken),
            List.of(),
            (i, values, length) -> {
              byte[] bytes = new byte[length];
              for (int k = 0; k < length; k++) {
                bytes[k] = (byte) values.get(k);
              }
              heard[0] = new String(bytes, StandardCharsets.UTF_8);
            });
        hears.accept(heard[0]);
      } catch (NativeFailure e) {
        // The session was closed: nobody listens any more.
      }
    }

    /** Ends the wait. */
    @Override
    public void close() {
      session.cancel();
      try {
        thread.join(Duration.ofSeconds(1).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (!thread.isAlive()) {
        session.close();
      }
    }
  }

  /** Says farewell to one worker; may hang if that one's server is gone. */
  static void say(
      String address, ConfigProto config, String device, Duration limit, String reason) {
    byte[] bytes = (reason.isEmpty() ? "no reason" : reason).getBytes(StandardCharsets.UTF_8);
    float[] values = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i];
    }
    try (TargetSession session = new TargetSession(address, config, device, limit)) {
      Fed text = session.input("text", values.length);
      text.set(values, 0, values.length);
      Node put =
          session
              .op("QueueEnqueueV2", "put")
              .input(queue(session))
              .inputs(text.node())
              .types("Tcomponents")
              .build();
      session.run(List.of(text), List.of(), List.of(put), (i, given, length) -> {});
    }
  }

  private static Node queue(TargetSession session) {
    OpBuilder queue = session.op("FIFOQueueV2", QUEUE).types("component_types");
    return queue.text("shared_name", QUEUE).build();
  }
}
