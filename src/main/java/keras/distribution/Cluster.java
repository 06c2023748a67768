package keras.distribution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import keras.internal.config.Json;
import keras.internal.messages.Errors;

/**
 * The processes that train together.
 *
 * @param addresses host and port of each worker, in the order of their ranks
 * @param rank which of them this process is
 */
record Cluster(List<String> addresses, int rank) {

  private static final String WHERE = "Distribution.initialize";
  private static final String EXAMPLE = "\"10.0.0.1:4000,10.0.0.2:4000\"";
  private static final int LAST_PORT = 65535;

  /**
   * A cluster.
   *
   * @throws IllegalArgumentException if an address is none or there twice, or the rank is not there
   */
  public Cluster {
    addresses = List.copyOf(addresses);
    addresses.forEach(Cluster::port);
    if (addresses.isEmpty() || new HashSet<>(addresses).size() < addresses.size()) {
      throw Errors.in(WHERE + ": jobAddresses", "each worker needs an address of its own.")
          .expected("as " + EXAMPLE)
          .got(addresses)
          .fix("give each process on one machine another port")
          .argument();
    }
    if (rank < 0 || rank >= addresses.size()) {
      throw Errors.in(WHERE + ": processId", "there is no such worker.")
          .expected("0 to " + (addresses.size() - 1) + ", as there are " + addresses.size())
          .got(rank)
          .fix("start one process for each address, with ids from 0 on")
          .argument();
    }
  }

  /** Tells how many workers there are. */
  public int size() {
    return addresses.size();
  }

  /** Returns where this worker's server is. */
  String own() {
    return addresses.get(rank);
  }

  static String host(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }

  static int port(String address) {
    int colon = address.lastIndexOf(':');
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (colon > 0 && port > 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, with what stands there.
    }
    throw Errors.in(WHERE + ": jobAddresses", "this is no address.")
        .expected("host:port, as " + EXAMPLE)
        .got("\"" + address + "\"")
        .fix("name the port that the worker shall listen on")
        .argument();
  }

  /**
   * Reads the cluster from the environment: Keras's {@code KERAS_DISTRIBUTION_JOB_ADDRESSES},
   * {@code KERAS_DISTRIBUTION_NUM_PROCESSES} and {@code KERAS_DISTRIBUTION_PROCESS_ID}, or
   * TensorFlow's {@code TF_CONFIG}.
   *
   * @param environment names and values
   * @return empty if neither is there
   * @throws IllegalArgumentException if something in it is wrong
   */
  public static Optional<Cluster> of(Map<String, String> environment) {
    String addresses = environment.get("KERAS_DISTRIBUTION_JOB_ADDRESSES");
    if (addresses != null) {
      String id = environment.get("KERAS_DISTRIBUTION_PROCESS_ID");
      if (id == null && split(addresses).size() > 1) {
        throw Errors.in("KERAS_DISTRIBUTION_PROCESS_ID", "it is missing.")
            .expected("which of the addresses is this process's, from 0 on")
            .got("KERAS_DISTRIBUTION_JOB_ADDRESSES alone")
            .fix("set it to another number for each process")
            .argument();
      }
      Cluster cluster = new Cluster(split(addresses), id == null ? 0 : number("PROCESS_ID", id));
      String count = environment.get("KERAS_DISTRIBUTION_NUM_PROCESSES");
      if (count != null) {
        cluster.checkSize(number("NUM_PROCESSES", count));
      }
      return Optional.of(cluster);
    }
    String config = environment.get("TF_CONFIG");
    return config == null ? Optional.empty() : Optional.of(ofTensorFlow(config));
  }

  /** Fails if there are more or fewer workers than somebody has said. */
  void checkSize(int expected) {
    if (expected != size()) {
      throw Errors.in(WHERE + ": numProcesses", "there is another number of addresses.")
          .expected(expected + ", one for each process")
          .got(size() + ": " + addresses)
          .fix("name all workers, or leave numProcesses out")
          .argument();
    }
  }

  /** Returns addresses that are separated by commas. */
  public static List<String> split(String addresses) {
    return Stream.of(addresses.split(",", -1)).map(String::strip).toList();
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw Errors.in("KERAS_DISTRIBUTION_" + name, "this is no whole number.")
          .expected("as 0")
          .got("\"" + value + "\"")
          .fix("set the variable for each process before it is started")
          .argument();
    }
  }

  /** Chiefs come before workers, as TensorFlow numbers them. */
  private static Cluster ofTensorFlow(String config) {
    Map<String, Object> all = Json.read("TF_CONFIG", config);
    if (all.get("cluster") instanceof Map<?, ?> cluster
        && all.get("task") instanceof Map<?, ?> task
        && task.get("index") instanceof Number index
        && task.get("type") instanceof String type) {
      List<String> addresses = new ArrayList<>();
      int rank = -1;
      for (String job : List.of("chief", "worker")) {
        if (job.equals(type)) {
          rank = addresses.size() + index.intValue();
        }
        if (cluster.get(job) instanceof List<?> some) {
          some.forEach(each -> addresses.add(String.valueOf(each)));
        }
      }
      return new Cluster(addresses, rank);
    }
    throw Errors.in("TF_CONFIG", "the cluster or this process's task is missing.")
        .expected(
            "{\"cluster\": {\"worker\": [\"host:port\", ...]},"
                + " \"task\": {\"type\": \"worker\", \"index\": 0}}")
        .got(config)
        .fix("set it as for Python's MultiWorkerMirroredStrategy")
        .argument();
  }
}
