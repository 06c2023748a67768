package keras.utils;

/**
 * A dataset in two parts, as {@link Utils#splitDataset} gives them.
 *
 * @param left the first samples
 * @param right the last samples
 */
public record DatasetSplit(Dataset left, Dataset right) {}
