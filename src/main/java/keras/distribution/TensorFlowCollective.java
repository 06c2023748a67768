package keras.distribution;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import org.tensorflow.Server;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.JobDef;
import org.tensorflow.proto.ServerDef;

/**
 * Workers that add up vectors by TensorFlow's gRPC servers and its ring.
 *
 * <p>Some calls of TensorFlow's hang for good if another worker is gone. All of them are made in a
 * thread that can be left behind.
 */
final class TensorFlowCollective implements Collective {

  private static final String JOB = "worker";

  /** How much later than TensorFlow this class gives up, so that TensorFlow can say why. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration KNOCK = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int MISSES = 2;
  private static final int KNOCKS = 10;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Duration timeout;
  private final ExecutorService caller = Executors.newSingleThreadExecutor(daemons("keras-sums"));
  private final ConfigProto config;
  private Ring ring;
  private Farewells.Listener listener;
  private volatile DistributionException over;
  private volatile boolean closed;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /**
   * Starts this worker's server and waits for the others.
   *
   * @param cluster all workers
   * @param start how long to wait for the others
   * @param timeout how long a sum may take
   * @throws DistributionException if the port is taken, or a worker does not come
   */
  TensorFlowCollective(Cluster cluster, Duration start, Duration timeout) {
    this.cluster = cluster;
    this.timeout = timeout;
    this.config = config(cluster.rank());
    try {
      checkPort();
      long end = System.nanoTime() + start.toNanos();
      within(start, "start the server", this::open);
      for (int rank = 0; rank < cluster.size(); rank++) {
        waitFor(rank, start, end);
      }
      hello(start);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static java.util.concurrent.ThreadFactory daemons(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static String task(int rank) {
    return "/job:" + JOB + "/replica:0/task:" + rank;
  }

  private static String device(int rank) {
    return task(rank) + "/device:CPU:0";
  }

  /** A session on a worker's server that knows of no other one: it would wait for all of them. */
  private static ConfigProto config(int rank) {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(1)
        .setInterOpParallelismThreads(2)
        .addDeviceFilters(task(rank))
        .setExperimental(ConfigProto.Experimental.newBuilder().setCollectiveGroupLeader(task(0)))
        .build();
  }

  private Void open() {
    JobDef.Builder job = JobDef.newBuilder().setName(JOB);
    for (int i = 0; i < cluster.size(); i++) {
      job.putTasks(i, cluster.addresses().get(i));
    }
    // TensorFlow cannot stop a server: it stays until the process ends.
    new Server(
            ServerDef.newBuilder()
                .setCluster(ClusterDef.newBuilder().addJob(job))
                .setJobName(JOB)
                .setTaskIndex(cluster.rank())
                .setProtocol("grpc")
                .setDefaultSessionConfig(config)
                .build())
        .start();
    ring = new Ring(cluster.own(), config, device(cluster.rank()), cluster.size(), timeout);
    listener = new Farewells.Listener(cluster.own(), config, device(cluster.rank()), this::heard);
    return null;
  }

  /** TensorFlow shares a port that is taken, and the other workers then wait in vain. */
  private void checkPort() {
    int port = Cluster.port(cluster.own());
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw failed(
          "port " + port + " cannot be listened on: " + e.getMessage(),
          "a port that nobody uses",
          cluster.own(),
          "end what uses it, or give this worker another port on all workers",
          e);
    }
  }

  private void waitFor(int rank, Duration start, long end) {
    while (!answers(rank)) {
      if (System.nanoTime() > end) {
        throw failed(
            "worker " + rank + " does not answer.",
            "a connection to " + cluster.addresses().get(rank) + " within " + seconds(start),
            "none",
            "start it, look at its output, and see that no firewall is between",
            null);
      }
      pause();
    }
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private boolean answers(int rank) {
    String address = cluster.addresses().get(rank);
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(Cluster.host(address), Cluster.port(address)),
          (int) KNOCK.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Adds up once, which makes the workers known to each other, and compares their lists. */
  private void hello(Duration start) {
    int list = cluster.addresses().hashCode();
    float[] own = new float[Integer.BYTES];
    for (int i = 0; i < own.length; i++) {
      own[i] = (list >>> (Byte.SIZE * i)) & 0xff;
    }
    float[] all = sum(own, start.compareTo(timeout) > 0 ? start : timeout);
    float[] expected = own.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= cluster.size();
    }
    if (!Arrays.equals(all, expected)) {
      throw failed(
          "the workers have different lists of addresses.",
          "the same list in the same order on all workers",
          "on this one " + cluster.addresses(),
          "give all of them the same jobAddresses",
          null);
    }
  }

  @Override
  public int rank() {
    return cluster.rank();
  }

  @Override
  public int size() {
    return cluster.size();
  }

  @Override
  public float[] sum(float[] values) {
    return sum(Checks.given("Collective.sum", "values", values), timeout);
  }

  private synchronized float[] sum(float[] values, Duration limit) {
    if (closed) {
      throw Errors.in("Collective", "it is closed.")
          .expected("a call before close()")
          .got("sum(...)")
          .fix("train within the try block that the collective is opened in")
          .state();
    }
    if (values.length == 0) {
      return new float[0];
    }
    return within(limit, "add up " + values.length + " numbers", () -> ring.sum(values));
  }

  /** Makes a call of TensorFlow's in a thread that is left behind if the call hangs. */
  private <T> T within(Duration limit, String what, Callable<T> call) {
    if (over != null) {
      throw over;
    }
    Future<T> running = caller.submit(call);
    try {
      return waitedFor(running, limit);
    } catch (TimeoutException e) {
      throw ended(what, limit, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DistributionException known) {
        throw known;
      }
      throw ended(what, limit, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits, and now and then looks for workers that are gone, which a ring may not notice. */
  private <T> T waitedFor(Future<T> running, Duration limit)
      throws ExecutionException, InterruptedException, TimeoutException {
    long end = System.nanoTime() + limit.plus(GRACE).toNanos();
    int misses = 0;
    while (true) {
      long left = end - System.nanoTime();
      try {
        return running.get(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        misses = ring == null || listener == null || gone().isEmpty() ? 0 : misses + 1;
        if (misses == MISSES || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /** Returns the workers whose servers cannot be reached. */
  private List<String> gone() {
    List<String> gone = new ArrayList<>();
    for (int rank = 0; rank < size(); rank++) {
      if (rank != rank() && !answers(rank)) {
        gone.add("worker " + rank + " at " + cluster.addresses().get(rank));
      }
    }
    return gone;
  }

  private DistributionException ended(String what, Duration limit, Throwable cause) {
    if (over == null) {
      List<String> gone = gone();
      // A process that has just ended may answer for a moment yet.
      boolean broke = cause instanceof NativeFailure failure && !failure.isLate();
      for (int i = 0; broke && over == null && gone.isEmpty() && i < KNOCKS; i++) {
        pause();
        gone = gone();
      }
      boolean late =
          cause instanceof TimeoutException
              || (cause instanceof NativeFailure failure && failure.isLate());
      failed(
          "the workers could not " + what + " together.",
          "all " + size() + " workers within " + seconds(limit),
          gone.isEmpty()
              ? late
                  ? "no answer in time from a worker that is still there: it is frozen or busy"
                  : cause.getMessage()
              : String.join(", ", gone) + " cannot be reached",
          "look at the others' output, then start all workers anew; BackupAndRestore goes on where"
              + " training was",
          cause);
    }
    cancel();
    return over;
  }

  private DistributionException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    DistributionException interrupted =
        failed(
            "the thread was interrupted.",
            "no interruption",
            "Thread.interrupt()",
            "start all workers anew",
            cause);
    cancel();
    // In a thread of its own: this one could not wait for it.
    daemons("keras-farewell").newThread(() -> abort("its thread was interrupted")).start();
    return interrupted;
  }

  /** Returns an error after which nothing works any more. */
  private DistributionException failed(
      String what, String expected, String got, String fix, Throwable cause) {
    DistributionException failed =
        new DistributionException(
            Errors.message("Worker " + rank() + " of " + size(), what, expected, got, fix), cause);
    over = failed;
    return failed;
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  private void heard(String farewell) {
    if (!closed && over == null) {
      failed(
          "another worker gave up.",
          "all " + size() + " workers",
          farewell,
          "look at that worker's output, then start all workers anew",
          null);
      cancel();
    }
  }

  /** Ends the sum that goes on. That hangs too where the sum does, so nobody waits for it. */
  private void cancel() {
    Ring open = ring;
    if (open != null && cancelled.compareAndSet(false, true)) {
      daemons("keras-cancel").newThread(open::cancel).start();
    }
  }

  @Override
  public void abort(String reason) {
    if (closed) {
      return;
    }
    String farewell = "worker " + rank() + ": " + reason;
    List<Thread> sayings = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      int rank = i;
      if (rank != rank()) {
        Thread saying = daemons("keras-farewell").newThread(() -> say(rank, farewell));
        saying.start();
        sayings.add(saying);
      }
    }
    long end = System.nanoTime() + FAREWELL.plus(GRACE).toNanos();
    for (Thread saying : sayings) {
      try {
        saying.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (over == null) {
      failed("it gave up.", "a call before abort(...)", reason, "start all workers anew", null);
    }
    cancel();
  }

  private void say(int rank, String farewell) {
    try {
      if (answers(rank)) {
        Farewells.say(
            cluster.addresses().get(rank), config(rank), device(rank), FAREWELL, farewell);
      }
    } catch (NativeFailure e) {
      Warnings.warn(
          TensorFlowCollective.class,
          "Worker {} could not be told that this one gives up: {}",
          rank,
          e.getMessage());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (over != null) {
      cancel();
    }
    // After the call that may go on; if that one hangs for good, the sessions are left to it.
    caller.execute(
        () -> {
          if (listener != null) {
            listener.close();
          }
          if (ring != null) {
            ring.close();
          }
        });
    caller.shutdown();
    try {
      // Not for long: what hangs is left behind.
      if (!caller.awaitTermination(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        Warnings.warn(
            TensorFlowCollective.class,
            "A call of TensorFlow's hangs; it is left behind until the process ends.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
