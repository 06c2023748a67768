package keras.callbacks;

/**
 * Is told of each run of a model, for counters and timers of an application: {@code
 * model.observeRuns(...)}.
 *
 * <pre>{@code
 * model.observeRuns(run -> {
 *   registry.timer("model.run", "call", run.call()).record(run.nanoseconds(), NANOSECONDS);
 *   registry.counter("model.samples", "call", run.call()).increment(run.samples());
 * });
 * }</pre>
 */
@FunctionalInterface
public interface RunObserver {

  /**
   * One run of a model.
   *
   * @param call the method that was called, as {@code "predictOnBatch"}
   * @param samples how many samples went through it; those of several threads' calls where they
   *     were joined into one run
   * @param nanoseconds how long it took, without the time that calls waited for it
   */
  record Run(String call, int samples, long nanoseconds) {}

  /**
   * Takes note of a run that has ended well. It is called in the thread that ran it, several at
   * once; what it throws is logged and goes no further. It must not run the model itself.
   *
   * @param run what was run
   */
  void onRun(Run run);
}
