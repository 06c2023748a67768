package keras.internal.trainers;

import java.util.List;

/**
 * Where a {@code fit} goes on that was cut off.
 *
 * @param epoch how many epochs had ended
 * @param batches how many batches of the next one had
 * @param totals the sums of loss and metrics over these batches
 * @param again sets the model back to how it was then
 */
public record ResumePoint(int epoch, int batches, List<Double> totals, Runnable again) {}
