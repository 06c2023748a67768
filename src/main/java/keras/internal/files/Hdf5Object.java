package keras.internal.files;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.api.Dataset;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.dataset.DatasetLoader;
import io.jhdf.dataset.NoParent;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A group or a dataset of an HDF5 file, read by jHDF's parts. jHDF's own groups would do, if they
 * could be given a {@link BoundedStorage}.
 */
final class Hdf5Object {

  /** In place of an address: a link to somewhere else. */
  private static final long ELSEWHERE = -1;

  /** A link in a group of the old kind. */
  private static final int SOFT_LINK = 2;

  private final HdfBackingStorage storage;
  private final ObjectHeader header;
  private Map<String, Long> children;
  private Map<String, AttributeMessage> attributes;

  Hdf5Object(HdfBackingStorage storage, long address) {
    this.storage = storage;
    header = ObjectHeader.readObjectHeader(storage, address);
  }

  boolean isDataset() {
    return header.hasMessageOfType(DataSpaceMessage.class);
  }

  boolean isGroup() {
    return header.hasMessageOfType(SymbolTableMessage.class)
        || header.hasMessageOfType(LinkInfoMessage.class);
  }

  Dataset dataset() {
    return DatasetLoader.createDataset(storage, header, "", NoParent.INSTANCE);
  }

  /** Returns the members of a group, by name. */
  Map<String, Long> children() {
    if (children == null) {
      Map<String, Long> found = new LinkedHashMap<>();
      if (header.hasMessageOfType(SymbolTableMessage.class)) {
        addOld(found, header.getMessageOfType(SymbolTableMessage.class));
      } else {
        addNew(found, header.getMessageOfType(LinkInfoMessage.class));
      }
      children = found;
    }
    return children;
  }

  static boolean isElsewhere(long address) {
    return address == ELSEWHERE;
  }

  private void addOld(Map<String, Long> found, SymbolTableMessage table) {
    ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
    BTreeV1 tree = BTreeV1.createGroupBTree(storage, table.getBTreeAddress());
    for (long node : tree.getChildAddresses()) {
      for (SymbolTableEntry entry :
          new GroupSymbolTableNode(storage, node).getSymbolTableEntries()) {
        names.position(entry.getLinkNameOffset());
        boolean link = entry.getCacheType() == SOFT_LINK;
        found.put(Utils.readUntilNull(names), link ? ELSEWHERE : entry.getObjectHeaderAddress());
      }
    }
  }

  private void addNew(Map<String, Long> found, LinkInfoMessage info) {
    if (info.getBTreeNameIndexAddress() == Constants.UNDEFINED_ADDRESS) {
      header.getMessagesOfType(LinkMessage.class).forEach(link -> add(found, link));
      return;
    }
    FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
    BTreeV2<LinkNameForIndexedGroupRecord> tree =
        new BTreeV2<>(storage, info.getBTreeNameIndexAddress());
    for (LinkNameForIndexedGroupRecord link : tree.getRecords()) {
      add(found, LinkMessage.fromBuffer(heap.getId(link.getId()), storage.getSuperblock()));
    }
  }

  private static void add(Map<String, Long> found, LinkMessage link) {
    boolean hard = link.getLinkType() == LinkMessage.LinkType.HARD;
    found.put(link.getLinkName(), hard ? link.getHardLinkAddress() : ELSEWHERE);
  }

  /** Returns the object's attribute of a name, or null. */
  AttributeMessage attribute(String name) {
    if (attributes == null) {
      Map<String, AttributeMessage> found = new LinkedHashMap<>();
      if (header.hasMessageOfType(AttributeInfoMessage.class)) {
        addDense(found, header.getMessageOfType(AttributeInfoMessage.class));
      }
      header
          .getMessagesOfType(AttributeMessage.class)
          .forEach(attribute -> found.put(attribute.getName(), attribute));
      attributes = found;
    }
    return attributes.get(name);
  }

  private void addDense(Map<String, AttributeMessage> found, AttributeInfoMessage info) {
    if (info.getFractalHeapAddress() == Constants.UNDEFINED_ADDRESS) {
      return;
    }
    FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
    BTreeV2<AttributeNameForIndexedAttributesRecord> tree =
        new BTreeV2<>(storage, info.getAttributeNameBTreeAddress());
    for (AttributeNameForIndexedAttributesRecord each : tree.getRecords()) {
      AttributeMessage attribute =
          new AttributeMessage(heap.getId(each.getHeapId()), storage, each.getFlags());
      found.put(attribute.getName(), attribute);
    }
  }
}
