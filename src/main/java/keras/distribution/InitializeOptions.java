package keras.distribution;

import java.time.Duration;
import java.util.List;
import keras.internal.messages.Checks;

/** The arguments of {@link Distribution#initialize}, under the names that Keras has for them. */
public final class InitializeOptions {

  private static final String WHERE = "Distribution.initialize";

  List<String> jobAddresses;
  Integer numProcesses;
  Integer processId;
  Duration startTimeout = Duration.ofMinutes(5);
  Duration timeout = Duration.ofMinutes(2);

  InitializeOptions() {}

  /**
   * Names the workers.
   *
   * @param value host and port of each, separated by commas, as {@code
   *     "10.0.0.1:4000,10.0.0.2:4000"}; all processes give the same in the same order. By default
   *     the environment says it
   * @return these options
   */
  public InitializeOptions jobAddresses(String value) {
    jobAddresses = Cluster.split(Checks.given(WHERE, "jobAddresses", value));
    return this;
  }

  /**
   * Sets how many workers there are, to be checked against the addresses.
   *
   * @param value by default as many as there are addresses
   * @return these options
   * @throws IllegalArgumentException if it is less than one
   */
  public InitializeOptions numProcesses(int value) {
    numProcesses = Checks.positive(WHERE, "numProcesses", value);
    return this;
  }

  /**
   * Sets which of the workers this process is.
   *
   * @param value from 0 on; needed with {@link #jobAddresses}
   * @return these options
   * @throws IllegalArgumentException if it is negative
   */
  public InitializeOptions processId(int value) {
    processId = Checks.notNegative(WHERE, "processId", value);
    return this;
  }

  /**
   * Sets how long to wait for the other workers at the beginning.
   *
   * @param value five minutes by default
   * @return these options
   * @throws IllegalArgumentException if it is not positive
   */
  public InitializeOptions startTimeout(Duration value) {
    startTimeout = positive("startTimeout", value);
    return this;
  }

  /**
   * Sets how long a sum may take, the wait for the slowest worker included: a worker that does
   * something alone between two steps must be back by then.
   *
   * @param value two minutes by default
   * @return these options
   * @throws IllegalArgumentException if it is not positive
   */
  public InitializeOptions timeout(Duration value) {
    timeout = positive("timeout", value);
    return this;
  }

  private static Duration positive(String argument, Duration value) {
    Checks.given(WHERE, argument, value);
    Checks.positive(WHERE, argument, value.isNegative() || value.isZero() ? 0 : 1);
    return value;
  }
}
