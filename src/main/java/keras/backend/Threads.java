package keras.backend;

/** How many threads work on one run of a program. */
public enum Threads {
  /** The caller's alone: quickest where handing work over costs more than the work. */
  CALLER,
  /** As many as the machine has cores, each with an independent chain of ops. */
  POOL
}
