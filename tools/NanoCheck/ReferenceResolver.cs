using System;
using System.Collections.Generic;
using System.IO;
using Mono.Cecil;

namespace NanoCheck;

/// <summary>Finds references only among the files that the compiler was given.</summary>
internal sealed class ReferenceResolver : IAssemblyResolver
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AssemblyDefinition> _read = new(StringComparer.OrdinalIgnoreCase);

    public ReferenceResolver(IEnumerable<string> references)
    {
        foreach (string path in references)
        {
            _paths[Path.GetFileNameWithoutExtension(path)] = path;
        }
    }

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters { AssemblyResolver = this });

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_read.TryGetValue(name.Name, out AssemblyDefinition? assembly))
        {
            return assembly;
        }

        if (!_paths.TryGetValue(name.Name, out string? path))
        {
            throw new AssemblyResolutionException(name);
        }

        parameters.AssemblyResolver = this;
        assembly = AssemblyDefinition.ReadAssembly(path, parameters);
        _read[name.Name] = assembly;
        return assembly;
    }

    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _read.Values)
        {
            assembly.Dispose();
        }
    }
}
