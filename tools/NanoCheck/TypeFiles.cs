using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NanoCheck;

/// <summary>
/// Reads the files that declare types without code. Cecil gives this part of the portable symbols as raw bytes, without the
/// list of documents to which they refer.
/// </summary>
internal static class TypeFiles
{
    // Portable PDB, "type definition documents".
    private static readonly Guid s_kind = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>The files of each type, by its row in the metadata.</summary>
    public static Dictionary<int, List<string>> Read(string symbolsPath)
    {
        Dictionary<int, List<string>> files = [];
        using FileStream stream = File.OpenRead(symbolsPath);
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        MetadataReader reader = provider.GetMetadataReader();
        foreach (CustomDebugInformationHandle handle in reader.CustomDebugInformation)
        {
            CustomDebugInformation information = reader.GetCustomDebugInformation(handle);
            if (information.Parent.Kind != HandleKind.TypeDefinition || reader.GetGuid(information.Kind) != s_kind)
            {
                continue;
            }

            BlobReader blob = reader.GetBlobReader(information.Value);
            List<string> documents = [];
            while (blob.RemainingBytes > 0)
            {
                DocumentHandle document = MetadataTokens.DocumentHandle(blob.ReadCompressedInteger());
                documents.Add(reader.GetString(reader.GetDocument(document).Name));
            }

            files[MetadataTokens.GetRowNumber(information.Parent)] = documents;
        }

        return files;
    }
}
