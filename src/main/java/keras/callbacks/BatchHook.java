package keras.callbacks;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The hooks that are called for every batch, and who has use for them. */
enum BatchHook {
  TRAIN_BEGIN("onTrainBatchBegin", "onBatchBegin"),
  TRAIN_END("onTrainBatchEnd", "onBatchEnd"),
  TEST_BEGIN("onTestBatchBegin", "onTestBatchBegin"),
  TEST_END("onTestBatchEnd", "onTestBatchEnd"),
  PREDICT_BEGIN("onPredictBatchBegin", "onPredictBatchBegin"),
  PREDICT_END("onPredictBatchEnd", "onPredictBatchEnd");

  private static final ClassValue<Set<BatchHook>> OVERRIDDEN =
      new ClassValue<>() {
        @Override
        protected Set<BatchHook> computeValue(Class<?> type) {
          Set<BatchHook> hooks = EnumSet.noneOf(BatchHook.class);
          for (BatchHook hook : values()) {
            if (overrides(type, hook.method) || overrides(type, hook.olderName)) {
              hooks.add(hook);
            }
          }
          return Collections.unmodifiableSet(hooks);
        }
      };

  private final String method;
  private final String olderName;

  BatchHook(String method, String olderName) {
    this.method = method;
    this.olderName = olderName;
  }

  /** Tells whether a class of callbacks does anything when this hook is called. */
  boolean isOverriddenIn(Class<? extends Callback> type) {
    return OVERRIDDEN.get(type).contains(this);
  }

  private static boolean overrides(Class<?> type, String method) {
    try {
      return type.getMethod(method, int.class, Map.class).getDeclaringClass() != Callback.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("Callback has no hook " + method, e);
    }
  }
}
